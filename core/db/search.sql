-- The functions of search by words. `core/db/search.py` fills in what stands in braces.

CREATE FUNCTION meridian_search_text(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
BEGIN
    IF words IS NULL OR octet_length(words) = length(words) THEN  -- all of it ASCII
        RETURN coalesce(words, '');
    END IF;
    words := regexp_replace(normalize(words, NFKC), '{SIGNS_OF_VOWELS}', '', 'g');
    words := translate(regexp_replace(words, '{PUNCTUATION}', ' ', 'g'), 'أإآٱ', 'اااا');
    IF words ~ '{HAN}' THEN
        words := translate(words, '{TRADITIONAL}', '{SIMPLIFIED}');
    END IF;
    RETURN words;
END $$;

CREATE FUNCTION meridian_search_name(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
    SELECT lower(unaccent('unaccent', trim(regexp_replace(
        meridian_search_text(words), '\s+', ' ', 'g'))))
$$;

CREATE FUNCTION meridian_search_pairs(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
    SELECT coalesce(array_agg(DISTINCT substr(run[1], place, 2)), '{}')
    FROM regexp_matches(words, '{HAN}+', 'g') run, generate_series(1, length(run[1])) place
$$;

-- Stems are marked with their language: “foren” is a form of Spanish “for”, and no sign of English
-- “for”. The text is that of a vector or of a query, in which each lexeme stands in quotes.
CREATE FUNCTION meridian_search_marked(language text, lexemes text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
    SELECT regexp_replace(lexemes, '''((?:[^'']|'''')+)''', '''' || language || '/\1''', 'g')
$$;

CREATE FUNCTION meridian_search_words(language text, words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
DECLARE
    spaced text := meridian_search_text(words);
    found tsvector := '';
BEGIN
    IF spaced = '' THEN
        RETURN found;
    END IF;
    IF spaced ~ '{HAN}' THEN
        found := array_to_tsvector(meridian_search_pairs(spaced));
        spaced := regexp_replace(spaced, '{HAN}', ' ', 'g');
    END IF;
    found := found || to_tsvector('simple', unaccent('unaccent', spaced));
    IF language IN ('en', '') THEN
        found := found
            || meridian_search_marked('en', to_tsvector('english', spaced)::text)::tsvector;
    END IF;
    IF language IN ('fr', '') THEN
        found := found
            || meridian_search_marked('fr', to_tsvector('french', spaced)::text)::tsvector;
    END IF;
    IF language IN ('es', '') THEN
        found := found
            || meridian_search_marked('es', to_tsvector('spanish', spaced)::text)::tsvector;
    END IF;
    -- these two have letters of their own
    IF spaced ~ '[\u0400-\u04ff]' THEN
        found := found
            || meridian_search_marked('ru', to_tsvector('russian', spaced)::text)::tsvector;
    END IF;
    IF spaced ~ '[\u0600-\u06ff]' THEN
        found := found
            || meridian_search_marked('ar', to_tsvector('arabic', spaced)::text)::tsvector;
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION meridian_search_vector(language text, title text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 SET search_path = public AS $$
    SELECT setweight(meridian_search_words(language, title), 'A')
        || setweight(meridian_search_words(language, body), 'D')
$$;

-- Words in any of the six languages. With `is_open` the last may be the beginning of one.
CREATE FUNCTION meridian_search_terms(words text, is_open boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
DECLARE
    -- a dash is no “not” here
    spaced text := regexp_replace(regexp_replace(words, '{HAN}', ' ', 'g'),
        '(?<![[:alnum:]])-+|-+(?![[:alnum:]])', ' ', 'g');
    plain text := unaccent('unaccent', spaced);
    last text := lower(substring(plain from '([[:alnum:]]{3,})\s*$'));
    terms tsquery := websearch_to_tsquery('simple', plain);
    run text;
BEGIN
    IF is_open AND last IS NOT NULL AND plain !~* '"|\mor\M' THEN
        terms := plainto_tsquery('simple', regexp_replace(plain, '[[:alnum:]]+\s*$', ''))
            && (quote_literal(last) || ':*')::tsquery;
    END IF;
    terms := terms
        || meridian_search_marked('en', websearch_to_tsquery('english', spaced)::text)::tsquery
        || meridian_search_marked('fr', websearch_to_tsquery('french', spaced)::text)::tsquery
        || meridian_search_marked('es', websearch_to_tsquery('spanish', spaced)::text)::tsquery
        || meridian_search_marked('ru', websearch_to_tsquery('russian', spaced)::text)::tsquery
        || meridian_search_marked('ar', websearch_to_tsquery('arabic', spaced)::text)::tsquery;
    FOR run IN SELECT (regexp_matches(words, '{HAN}+', 'g'))[1] LOOP
        IF length(run) = 1 THEN
            terms := terms && (quote_literal(run) || ':*')::tsquery;
        END IF;
        FOR place IN 1 .. length(run) - 1 LOOP
            terms := terms && quote_literal(substr(run, place, 2))::tsquery;
        END LOOP;
    END LOOP;
    RETURN terms;
END $$;

CREATE FUNCTION meridian_search_query(words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public AS $$
DECLARE
    asked text := meridian_search_text(translate(words, '“”„«»', repeat('"', 5)));
    excluded text[] := ARRAY(SELECT (regexp_matches(
        asked, '(?:^|\s)-("[^"]*"|[^\s"-][^\s"]*)', 'g'))[1]);
    terms tsquery := meridian_search_terms(
        regexp_replace(asked, '(^|\s)-("[^"]*"|[^\s"-][^\s"]*)', ' ', 'g'), true);
    without text;
    other tsquery;
BEGIN
    FOREACH without IN ARRAY excluded LOOP
        other := meridian_search_terms(without, false);
        IF numnode(other) > 0 THEN
            terms := terms && !!other;
        END IF;
    END LOOP;
    RETURN terms;
END $$;
