// Says beside each contribution what would be left of it after the estimate that is being typed.
(() => {
  const table = document.querySelector('[data-balances]')
  if (!table) return
  const numbers = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 })
  const amount = typed => { // as the server reads numbers
    let text = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace(/[٠-٩۰-۹]/g, digit => digit.charCodeAt(0) & 15)
    if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replaceAll(',', '')
    text = text.replace(',', '.')
    return /^\d+(\.\d{1,2})?$/.test(text) ? Number(text) : null
  }
  const show = input => {
    const estimate = amount(input.value)
    table.querySelectorAll('[data-after]').forEach(cell => { cell.hidden = estimate === null })
    table.querySelectorAll('tr[data-left]').forEach(row => {
      const more = Math.max((estimate ?? 0) - Number(table.dataset.cost) / 100, 0)
      const left = Number(row.dataset.left) / 100 - more, cell = row.querySelector('[data-after]')
      cell.textContent = numbers.format(left)
      cell.classList.toggle('down', left < 0)
    })
  }
  document.querySelectorAll('input[name="estimate"]').forEach(input => {
    input.addEventListener('input', () => show(input))
    if (input.value) show(input)
  })
})()
