// Keeps what is typed into a form: with us every few seconds, and on this device what we have not confirmed, where the person chose to stay signed in on it.
(() => {
  const PAUSE = 2500, AGAIN = 15000
  const LEFT_OUT = new Set(['csrfmiddlewaretoken', 'version', 'draft_number', 'plan_number', 'stamp'])
  const NAMES = /^(signatory_name|agreed_by_name|whom|owner)$|-who$/ // of persons: never held by a device
  const storage = (() => { try { return window.localStorage } catch { return null } })()
  const owner = document.body.dataset.user || ''
  for (const key of storage ? Object.keys(storage) : []) { // what another person left here goes
    if (owner && key.startsWith('draft:') && !key.startsWith(`draft:${owner}:`)) storage.removeItem(key)
  }
  document.querySelectorAll('input[name="stamp"][data-save]').forEach(stamp => {
    const form = stamp.form, number = form.elements.draft_number, said = form.querySelector('[data-draft-said]')
    const key = stamp.dataset.device && storage ? `draft:${stamp.dataset.device}:${stamp.dataset.form}` : ''
    let dirty = false, sending = null, leaving = false, timer = 0
    const words = () => [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !LEFT_OUT.has(name) && !NAMES.test(name))
    const say = text => { if (said) said.textContent = text }
    const forget = () => { if (key) storage.removeItem(key) }
    const hold = () => {
      if (!key) return false
      try { storage.setItem(key, JSON.stringify({ number: number.value, words: words() })) } catch { return false }
      return true
    }
    const later = pause => { clearTimeout(timer); timer = setTimeout(save, pause) }
    const save = async () => {
      if (!dirty || sending || leaving) return
      const body = new FormData(form)
      for (const [name, value] of [...body]) if (typeof value !== 'string') body.delete(name)
      sending = new AbortController()
      dirty = false
      try {
        const answer = await fetch(stamp.dataset.save, { method: 'POST', body, headers: { 'X-Requested-With': 'fetch' }, signal: sending.signal })
        const told = await answer.json()
        say(told.said)
        if (answer.ok) {
          number.value = told.number
          if (!dirty) forget()
        } else if (answer.status === 401 && told.kept) forget()
        else dirty = true
        sending = null
        if (answer.ok && dirty) later(PAUSE)
      } catch { // the line is down: tried again
        if (leaving) return
        dirty = true
        sending = null
        say(hold() ? stamp.dataset.onDevice : stamp.dataset.unsaved)
        later(AGAIN)
      }
    }
    const changed = event => {
      if (event.target.type === 'file') return
      dirty = true
      hold()
      later(PAUSE)
    }
    form.addEventListener('input', changed)
    form.addEventListener('change', changed)
    form.addEventListener('click', event => { if (event.target.closest('[data-add], [data-remove]')) changed(event) })
    form.addEventListener('submit', () => { // neither a saving under way nor what is held outlives what is sent
      leaving = true
      clearTimeout(timer)
      if (sending) sending.abort()
      forget()
    })
    window.addEventListener('pageshow', event => {
      leaving = false
      if (!event.persisted || !dirty) return
      hold() // it was not sent after all
      later(0)
    })
    document.querySelectorAll('button[name="discard_draft"]').forEach(button => button.form.addEventListener('submit', forget))
    window.addEventListener('beforeunload', event => { if (dirty && !leaving || sending && !leaving) event.preventDefault() })
    window.addEventListener('online', () => later(0))
    if (!key || !storage.getItem(key)) return
    let held = null
    try { held = JSON.parse(storage.getItem(key)) } catch { return forget() }
    const named = name => [...form.elements].filter(part => part.name === name)
    const fill = () => {
      for (const part of form.elements) if (part.type === 'checkbox' || part.type === 'radio') part.checked = false
      const seen = {}
      for (const [name, value] of held.words) {
        const parts = named(name), place = seen[name] = (seen[name] ?? -1) + 1
        const ticked = parts.find(part => (part.type === 'checkbox' || part.type === 'radio') && part.value === value)
        if (ticked) ticked.checked = true
        else if (parts[place] && !['submit', 'checkbox', 'radio', 'hidden'].includes(parts[place].type)) parts[place].value = value
      }
    }
    const known = new Map(words().map(([name, value]) => [name, value]))
    if (JSON.stringify(held.words) === JSON.stringify(words())) return forget()
    if (held.number === number.value && held.words.every(([name]) => named(name).length)) {
      fill()
      dirty = true
      later(0)
    } else { // saved elsewhere meanwhile: both texts are there to read
      const box = document.createElement('div'), title = document.createElement('p')
      box.className = 'notice'
      title.textContent = stamp.dataset.found
      box.append(title)
      for (const [name, value] of held.words) {
        if (!value.trim() || known.get(name) === value || named(name).some(part => part.type === 'hidden')) continue
        const line = document.createElement('p')
        line.className = 'words'
        line.dir = 'auto'
        line.textContent = value
        box.append(line)
      }
      if (box.children.length > 1) form.before(box)
    }
  })
})()
