// Tables in forms: adds and removes rows in the page and adds up while somebody types. Without scripts the same buttons post the form.
(() => {
  const parse = typed => { // as the server reads numbers: spaces or commas between thousands, a point or a comma before cents
    let text = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace(/[٠-٩۰-۹]/g, digit => digit.charCodeAt(0) & 15)
    if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replaceAll(',', '')
    text = text.replace(',', '.')
    return /^(\d+\.?|\d*\.\d{1,2})$/.test(text) ? Math.round(Number(text) * 100) : null
  }
  const written = (cents, sample) => { // the sample is 1234567.89 in the reader's language
    const [, group, point] = sample.match(/^1(.*?)234.*?567(.*?)89$/)
    const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, group)
    return cents % 100 ? whole + point + String(cents % 100).padStart(2, '0') : whole
  }
  document.querySelectorAll('[data-rows]').forEach(box => {
    const body = box.querySelector('tbody'), blank = box.querySelector('template').content.firstElementChild, add = box.querySelector('[data-add]')
    const NAMED = '[name]', most = Number(box.dataset.most), first = row => row.querySelector(NAMED)
    const number = (row, place) => {
      const patterns = blank.querySelectorAll(NAMED)
      const fill = text => text.replace('__place__', place).replace('__number__', place + 1)
      row.querySelector('th').textContent = place + 1
      row.querySelectorAll(NAMED).forEach((part, index) => {
        for (const name of ['name', 'id', 'aria-label', ...part.matches('button') ? ['value'] : []]) {
          if (patterns[index].hasAttribute(name)) part.setAttribute(name, fill(patterns[index].getAttribute(name)))
        }
      })
    }
    const sum = () => box.querySelectorAll('[data-total]').forEach(total => {
      let cents = 0
      const unread = []
      body.querySelectorAll(`[name$="-${total.dataset.total}"]`).forEach((input, place) => {
        const amount = input.value.trim() ? parse(input.value) : 0
        amount === null ? unread.push(place + 1) : cents += amount
      })
      total.querySelector('bdi').textContent = written(cents, total.dataset.sample)
      const against = box.querySelector('[data-cents]')
      if (against) { // what is left of it
        const left = Number(against.dataset.cents) - cents, cell = box.querySelector('[data-left]')
        cell.querySelector('bdi').textContent = (left < 0 ? '-' : '') + written(Math.abs(left), total.dataset.sample)
        cell.classList.toggle('down', left < 0)
      }
      box.querySelector('[data-unread]').textContent = unread.join(', ')
      box.querySelector('.unread').hidden = !unread.length
    })
    const settle = () => {
      const rows = [...body.children]
      rows.forEach(number)
      add.disabled = rows.length >= most
      box.querySelector('[data-full]').hidden = rows.length < most
      sum()
    }
    const append = () => {
      if (body.children.length >= most) return null
      body.append(document.importNode(blank, true))
      settle()
      return body.lastElementChild
    }
    box.addEventListener('click', event => {
      const remove = event.target.closest('[data-remove]')
      if (event.target.closest('[data-add]')) {
        event.preventDefault()
        const row = append()
        if (row) first(row).focus()
      } else if (remove) {
        event.preventDefault()
        const row = remove.closest('tr'), next = row.nextElementSibling || row.previousElementSibling
        row.remove()
        const left = next || append()
        settle()
        first(left).focus()
      }
    })
    box.addEventListener('keydown', event => { // Enter goes down a column instead of sending the form
      if (event.key !== 'Enter' || event.isComposing || !event.target.matches('input, textarea[rows="1"]')) return
      event.preventDefault()
      const row = event.target.closest('tr'), index = [...row.querySelectorAll(NAMED)].indexOf(event.target)
      const next = row.nextElementSibling || append()
      if (next) next.querySelectorAll(NAMED)[index].focus()
    })
    box.addEventListener('input', sum)
    settle()
  })
})()
