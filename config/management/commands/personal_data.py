"""`manage.py personal_data`: what is held about a person, and its erasure."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.models import Look, User
from accounts.privacy import holdings
from assistance.models import AssistanceRequest, CaseEvent, Person
from assistance.notes.models import CountryNote
from assistance.notes.services import erase_note
from assistance.participants import services
from assistance.timeline import erasure
from files.cleanup import remove_attachment
from files.models import Attachment

PATH = "manage.py personal_data"


class Command(BaseCommand):
    """Answers a person who asks what is held about them, or to be erased. Each use is recorded."""

    help = (
        "Exports or erases what is held about a person: export EMAIL, erase EMAIL, erase-text"
        " EVENT, erase-note NOTE, erase-signatory REFERENCE, remove-file KEY."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            choices=[
                "export",
                "erase",
                "erase-text",
                "erase-note",
                "erase-signatory",
                "remove-file",
            ],
        )
        parser.add_argument(
            "whose",
            help=(
                "an e-mail address; for erase-text the number of an event; for erase-note that of a"
                " note; for erase-signatory a"
                " reference; for remove-file its key"
            ),
        )

    def handle(self, *args: object, what: str, whose: str, **options: object) -> None:
        getattr(self, what.replace("-", "_"))(whose.strip())

    def found(self, email: str) -> tuple[User | None, list[Person]]:
        """The user and the persons of lists and contacts under an e-mail address."""
        user = User.objects.filter(email=email.lower()).first()
        persons = list(Person.objects.with_email(email))
        if user is None and not persons:
            raise CommandError(f"Nothing is held under the e-mail address “{email}”.")
        return user, persons

    def export(self, email: str) -> None:
        """To standard output, as JSON."""
        user, persons = self.found(email)
        for person in persons:
            Look.objects.create(
                act=Look.Act.TAKEN_OUT, subject="person", subject_id=person.pk, path=PATH
            )
        if user is not None:
            Look.objects.create(
                act=Look.Act.TAKEN_OUT, subject="user", subject_id=user.pk, path=PATH
            )
        held = holdings.export_of(user if user is not None else User(pk=0, email=email.lower()))
        self.stdout.write(json.dumps(held, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))

    @transaction.atomic
    def erase(self, email: str) -> None:
        """The user's account, and every person of that address on lists and among contacts: all of
        it with its looks, or nothing."""
        user, persons = self.found(email)
        if user is not None:
            try:
                holdings.erase_user(user, path=PATH)
            except holdings.NotYet as sentence:
                raise CommandError(str(sentence)) from None
        services.blank_in_steps(p.name for p in persons)
        services.erase_person(Person.objects.filter(pk__in=[p.pk for p in persons]))
        for person in persons:
            Look.objects.create(
                act=Look.Act.ERASED, subject="person", subject_id=person.pk, path=PATH
            )
        self.stdout.write(
            f"Erased: {'the account and ' if user else ''}{len(persons)} entries of lists and"
            " contacts."
        )

    def erase_text(self, event: str) -> None:
        """The words of one event of a case."""
        if not event.isdecimal() or not CaseEvent.objects.filter(pk=event).exists():
            raise CommandError(
                f"There is no event “{event}”. Its number stands in the API's timeline of the case,"
                " as `id`."
            )
        self.stdout.write(
            f"Erased {erasure.erase_texts(int(event), path=PATH)} texts; the event and their hashes"
            " stay."
        )

    def erase_note(self, note: str) -> None:
        """The words of a note on a country."""
        try:
            erase_note(int(note), path=PATH)
        except (ValueError, CountryNote.DoesNotExist):
            raise CommandError(f"There is no note “{note}”.") from None
        self.stdout.write("Erased the words of the note; that there was one stays.")

    def erase_signatory(self, reference: str) -> None:
        """Who signed a request and agreed to its plans; says which files of it remain, since a
        scanned letter names them too."""
        try:
            case = erasure.erase_signatory(reference.upper(), path=PATH)
        except AssistanceRequest.DoesNotExist:
            raise CommandError(
                f"There is no request “{reference}”. Write a reference such as KEN-2026-0007."
            ) from None
        self.stdout.write(f"Erased who signed {reference.upper()} and agreed to its plans.")
        files = Attachment.objects.of("request", case.pk)
        if files:
            self.stdout.write(
                "Files of the request remain and may name them. Look at each, and remove one with:"
                " personal_data remove-file KEY"
            )
        for file in files:
            self.stdout.write(
                f"{file.key}  {file.added_at:%Y-%m-%d}  {file.purpose or 'file'}: {file.name}"
            )

    def remove_file(self, key: str) -> None:
        """A file of a request or an engagement, with its bytes."""
        try:
            remove_attachment(UUID(key), path=PATH)
        except (ValueError, Attachment.DoesNotExist):
            raise CommandError(
                f"There is no file “{key}”. Its key stands in its address and in what"
                " erase-signatory says."
            ) from None
        self.stdout.write(
            "Removed the file and its bytes. That it was there, and its name, stay in the history."
        )
