// While something is being made, asks for the page anew every few seconds and shows where it is; without scripts there is a link that does so.
(() => {
  const EVERY = 4000, LONGEST = 15 * 60 * 1000
  const began = Date.now()
  const look = async () => {
    const shown = document.querySelector('[data-running]')
    if (!shown || Date.now() - began > LONGEST) return
    try {
      const answer = await fetch(location.href, { headers: { 'X-Requested-With': 'fetch' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const now = page.querySelector('[data-running]')
      if (answer.ok && !now && shown.dataset.running === 'reload') return location.reload()
      if (answer.ok && !now) {
        document.querySelector('[data-made]').replaceChildren(...page.querySelector('[data-made]').childNodes)
        shown.textContent = shown.dataset.done
        return shown.removeAttribute('data-running')
      }
      if (answer.ok && now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes)
    } catch { /* the line is down: asked again */ }
    setTimeout(look, EVERY)
  }
  setTimeout(look, EVERY)
})()
