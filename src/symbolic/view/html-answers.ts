/**
 * The last part of the script of a page: what it does when the reader points, types or clicks. Plain JavaScript as text.
 */

/** Binds the events and shows the first view; needs what `MODEL_SCRIPT` and `VIEW_SCRIPT` define. */
export const ANSWERS_SCRIPT = `
const rowOf = target => (target instanceof Element ? target.closest('.row') : null)

function focusRow(row, isQuiet) {
  if (row === null || row === undefined) return
  for (const other of tree.querySelectorAll('.row[tabindex="0"]')) other.tabIndex = -1
  row.tabIndex = 0
  row.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
  if (!isQuiet) showCard(row)
}

function nextRow(row, step) {
  return step > 0 ? row.nextElementSibling : row.previousElementSibling
}

function parentRow(row) {
  const depth = depthOf(row)
  let at = row.previousElementSibling
  while (at !== null && depthOf(at) >= depth) at = at.previousElementSibling
  return at
}

function say(text) {
  toast.textContent = text
  toast.classList.add('on')
  clearTimeout(say.timer)
  say.timer = setTimeout(() => toast.classList.remove('on'), 2400)
}

async function copyPath(item) {
  const text = pathOf(item)
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Pages that are not served from a safe place may only copy a selection.
    const field = element('textarea', 'unseen', text)
    const focused = document.activeElement
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
    if (focused !== null) focused.focus({ preventScroll: true })
  }
  say('Copied ' + text)
}

function line(className, text) {
  if (text) card.append(element('div', className, text))
}

function showCard(row) {
  const { item } = row
  if (item.group !== undefined) return hideCard()
  card.replaceChildren()
  const type = typeOf(item)
  line('card-path', pathOf(item) || options.rootName)
  line('card-about', item.field === undefined ? '' : item.field[2])
  const facts = element('dl')
  const fact = (name, text) => text && facts.append(element('dt', '', name), element('dd', '', text))
  if (type !== null) fact('type', type.kind === 'object' ? type.name : type.rule ? type.name + ', each ' + type.rule : type.name)
  if (item.field !== undefined) {
    fact('accepts', item.field[1])
    fact('default', item.field[3] === null ? '' : item.field[3])
  }
  if (item.was !== undefined) fact('before', 'at ' + item.was)
  if (isSealed(item)) fact('sealed', 'nothing can be derived through here')
  card.append(facts)
  card.hidden = false
  const name = row.querySelector('.name, .type') ?? row
  const at = name.getBoundingClientRect()
  const below = row.getBoundingClientRect().bottom + 4
  const top = below + card.offsetHeight > innerHeight ? row.getBoundingClientRect().top - card.offsetHeight - 4 : below
  card.style.top = Math.max(4, top) + 'px'
  card.style.left = Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 16)) + 'px'
  for (const other of tree.querySelectorAll('[aria-describedby]')) other.removeAttribute('aria-describedby')
  row.setAttribute('aria-describedby', 'card')
}

function hideCard() {
  clearTimeout(hover)
  card.hidden = true
}

let hover
let pointed = null
tree.addEventListener('mousemove', event => {
  const row = rowOf(event.target)
  if (row === pointed) return
  pointed = row
  hideCard()
  if (row !== null) hover = setTimeout(() => row.isConnected && showCard(row), 350)
})
tree.addEventListener('mouseleave', () => {
  pointed = null
  hideCard()
})
tree.addEventListener('focusin', event => {
  const row = rowOf(event.target)
  if (row !== null && row.matches(':focus-visible')) showCard(row)
})
tree.addEventListener('focusout', hideCard)
addEventListener('scroll', hideCard, { passive: true })

tree.addEventListener('click', event => {
  const row = rowOf(event.target)
  if (row === null) return
  if (event.target.closest('.copy')) return copyPath(row.item)
  if (event.target.closest('.more')) {
    row.item.isWhole = !row.item.isWhole
    return fill(row)
  }
  if (String(getSelection()) !== '') return
  focusRow(row, true)
  toggle(row, !row.item.open)
})

const keys = {
  ArrowDown: row => focusRow(nextRow(row, 1)),
  ArrowUp: row => focusRow(nextRow(row, -1)),
  ArrowRight: row => (row.item.open ? focusRow(nextRow(row, 1)) : toggle(row, true)),
  ArrowLeft: row => (row.item.open && hasKids(row.item) ? toggle(row, false) : focusRow(parentRow(row))),
  Home: () => focusRow(tree.firstElementChild),
  End: () => focusRow(tree.lastElementChild),
  Enter: row => (hasKids(row.item) ? toggle(row, !row.item.open) : row.querySelector('.more')?.click()),
  ' ': row => keys.Enter(row),
  '*': row => {
    const depth = depthOf(row)
    const rows = [...tree.children].filter(each => depthOf(each) === depth && parentRow(each) === parentRow(row))
    for (const each of rows) toggle(each, true)
  },
  c: row => row.item.parent !== null && row.item.group === undefined && copyPath(row.item),
}

tree.addEventListener('keydown', event => {
  const row = rowOf(event.target)
  if (row === null || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return
  event.preventDefault()
  keys[event.key](row)
})

addEventListener('keydown', event => {
  if (event.key === 'Escape') hideCard()
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === '/') event.preventDefault(), box.focus()
  if (isDiff && event.key === 'n') go(1)
  if (isDiff && event.key === 'p') go(-1)
})

function find(text) {
  view.query = text.trim()
  if (view.query === '') {
    view.shown = view.root
    view.hits = []
    count.textContent = ''
    return render()
  }
  const found = search(view.query)
  view.shown = found.root
  view.hits = found.hits
  const shown = found.hits.length < found.count ? 'first ' + number(found.hits.length) + ' of ' : ''
  const rest = found.isCut ? ', not all looked at' : ''
  count.textContent = shown + number(found.count) + (found.count === 1 ? ' match' : ' matches') + rest
  render()
}

box.addEventListener('input', () => {
  clearTimeout(find.timer)
  find.timer = setTimeout(() => find(box.value), 120)
})
box.addEventListener('keydown', event => {
  if (event.key === 'Escape') box.value = '', find('')
  if (event.key === 'Enter' || event.key === 'ArrowDown') {
    event.preventDefault()
    if (box.value.trim() !== view.query) clearTimeout(find.timer), find(box.value)
    focusRow((view.hits[0] ?? view.shown)?.row)
  }
})

byId('open').addEventListener('click', () => {
  const isWhole = view.shown === null || openAll(view.shown, () => true)
  render()
  if (!isWhole) say('This tree is large: some of it stays closed')
})
byId('close').addEventListener('click', () => {
  if (view.shown !== null) closeAll(view.shown), openAll(view.shown, (_, depth) => depth === 0)
  render()
})
byId('defaults')?.addEventListener('change', event => {
  const open = []
  const collect = (item, keys) => {
    if (!item.open) return
    open.push(keys)
    for (const kid of item.kids ?? []) collect(kid, kid.group === undefined ? [...keys, kid.key] : keys)
  }
  collect(view.root, [])
  view.hideDefaults = !event.target.checked
  view.root = rootItem()
  for (const path of open) openPath(view.root, path)
  view.shown = view.root
  find(view.query)
})

let changes = null

/** Goes to the next or the one before among the places that differ. */
function go(step) {
  if (view.query !== '') box.value = '', find('')
  if (changes === null) {
    changes = []
    const collect = item => {
      if (item.group !== undefined || item.below !== undefined) for (const kid of kidsOf(item)) collect(kid)
      else if (item.kind !== 'same') changes.push(item)
    }
    if (view.root !== null) collect(view.root)
  }
  if (changes.length === 0) return
  view.at = view.at < 0 && step < 0 ? changes.length - 1 : (view.at + step + changes.length) % changes.length
  const item = changes[view.at]
  let isHidden = item.row === undefined || !item.row.isConnected
  for (let at = item.way; at !== undefined; at = at.way) {
    if (!at.open) isHidden = true
    at.open = true
  }
  if (isHidden) render()
  byId('place').textContent = number(view.at + 1) + ' of ' + number(changes.length)
  focusRow(item.row, true)
  item.row.scrollIntoView({ block: 'center' })
}

if (isDiff) {
  byId('next').addEventListener('click', () => go(1))
  byId('previous').addEventListener('click', () => go(-1))
}

view.root = isDiff && options.isEmpty ? null : fresh()
view.shown = view.root
render()
`
