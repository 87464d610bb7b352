// Passkeys need scripts: shows what works only with them, and says when a device gave no answer.
document.addEventListener('DOMContentLoaded', () => {
  const possible = 'credentials' in navigator && 'PublicKeyCredential' in window
  document.querySelectorAll(possible ? '[data-passkeys]' : '[data-no-passkeys]').forEach(part => { part.hidden = false })
})
document.addEventListener('allauth.error', event => {
  const failed = document.getElementById('passkey_failed')
  if (failed) {
    failed.hidden = false
    failed.focus()
    event.preventDefault()
  }
})
