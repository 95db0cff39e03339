// Makes pages that work without it a little quicker to use. Nothing here decides anything.
const all = (selector, from = document) => [...from.querySelectorAll(selector)]

// The fees page: the sum and the button follow what is ticked.
for (const form of all('form[data-sum]')) {
  const boxes = all('input[name=debit]', form)
  const every = form.querySelector('[data-all]')
  const [total, button, word] = ['total', 'button', 'word'].map((name) =>
    document.querySelector(`[data-${name}]`),
  )
  const unchosen = button?.textContent
  const figures = new Intl.NumberFormat(form.dataset.locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  const show = () => {
    const ticked = boxes.filter((box) => box.checked)
    const sum = `${figures.format(ticked.reduce((ore, box) => ore + Number(box.dataset.ore), 0) / 100)}\u00a0${form.dataset.sign}`
    total.textContent = sum
    word.textContent = form.dataset.chosen
    button.textContent = ticked.length === 0 ? unchosen : form.dataset.pay.replace('%s', sum)
    if (every) {
      every.checked = ticked.length === boxes.length
      every.indeterminate = !every.checked && ticked.length > 0
    }
  }
  if (button) {
    if (every) {
      every.closest('[hidden]').hidden = false
      every.addEventListener('change', () => {
        for (const box of boxes) box.checked = every.checked
        show()
      })
    }
    form.addEventListener('change', show)
    addEventListener('pageshow', show)
    show()
  }
}

// A form that must go once only: a second click does nothing until the page is shown anew.
for (const form of all('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    for (const button of all('button', form)) button.setAttribute('aria-busy', 'true')
  })
  addEventListener('pageshow', () => {
    delete form.dataset.sent
    for (const button of all('button', form)) button.removeAttribute('aria-busy')
  })
}

// A payment under way: ask what became of it, ever more seldom, and show the page that tells it.
for (const place of all('[data-status]')) {
  const began = Date.now()
  let gap = 1500
  const ask = async () => {
    const answer = await fetch(place.dataset.status, { headers: { accept: 'application/json' } }).catch(
      () => undefined,
    )
    const { state, parked, registered } = answer?.ok ? await answer.json() : {}
    const news =
      place.dataset.until === 'registered'
        ? registered
        : state && (parked || !['created', 'open'].includes(state))
    if (news || answer?.status === 401) return location.reload()
    if (Date.now() - began > 60_000) {
      for (const soon of all('[data-soon]', place)) soon.hidden = true
      for (const late of all('[data-late]', place)) late.hidden = false
    }
    gap = Math.min(10_000, gap * 1.2)
    if (Date.now() - began < 1_800_000) setTimeout(ask, gap)
  }
  setTimeout(ask, gap)
}

for (const button of all('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
