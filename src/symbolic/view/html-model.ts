/**
 * The first half of the script of a page: what its rows stand for. An item is a place of the tree, made when its parent
 * is opened; more than a hundred children of one parent come in groups, so that no list is too long to open. Plain
 * JavaScript as text, since it runs in the browser and is part of the page.
 */

/** Defines `data`, `pathOf`, `typeOf`, `textOf`, `kidsOf`, `search` and their helpers. */
export const MODEL_SCRIPT = String.raw`
const data = JSON.parse(document.getElementById('data').textContent)
const { types, parts, options } = data
const isDiff = data.diff !== null

const GROUP = 100
const MAX_ROWS = 2000
const MAX_HITS = 1000
const MAX_VISITS = 400000

const isPart = value => Array.isArray(value) && value.length === 1
const partOf = value => parts[value[0]]
const number = count => count.toLocaleString('en-US')
const shortName = name => name.slice(name.lastIndexOf('.') + 1)

/** The text of one key in a path, as the library writes it. */
function stepText(key, isFirst) {
  if (typeof key === 'number') return '[' + key + ']'
  if (/^[^.[\]"]+$/.test(key)) return isFirst ? key : '.' + key
  if (/^[^[\]"]+$/.test(key) && !/^(?:0|-?[1-9][0-9]*)$/.test(key)) return '[' + key + ']'
  return '[' + JSON.stringify(key) + ']'
}

function pathOf(item) {
  if (item.path === undefined) {
    const above = item.parent === null ? '' : pathOf(item.parent)
    item.path = item.parent === null || item.group ? above : above + stepText(item.key, above === '')
  }
  return item.path
}

/** The items of a path: the parent of what stands in a group is the list, the way to it leads through the group. */
function rootItem() {
  return isDiff ? diffItem(null, data.diff) : { parent: null, key: '', kind: '', right: data.root }
}

function diffItem(parent, diff) {
  const owner = diff.field === undefined ? undefined : types[diff.field[0]].fields[diff.field[1]]
  return { ...diff, parent, field: owner }
}

function entriesOf(parent, value, kind) {
  const [type, , values, keys, defaults, own] = partOf(value)
  const { fields, rule } = types[type]
  const isDefault = new Set(defaults)
  return values.map((each, i) => {
    const field = own === null ? ['', rule, '', null] : fields[own[i]]
    const key = keys !== null ? keys[i] : own !== null ? field[0] : i
    const item = { parent, kind, field, key, isDefault: isDefault.has(i) }
    if (kind === 'removed') item.left = each
    else item.right = each
    if (kind === 'same') item.left = each
    return item
  })
}

const countShown = part => part[2].length - (view.hideDefaults ? part[4].length : 0)

const hasKids = item =>
  item.group !== undefined || (item.below !== undefined && item.below.length > 0) ||
  [item.left, item.right].some(value => isPart(value) && countShown(partOf(value)) > 0)

/** The children of an item as they are in the tree. */
function directKids(item) {
  if (item.group !== undefined) return item.group
  if (item.below !== undefined) return item.below.map(diff => diffItem(item, diff))
  const { left, right, kind } = item
  let kids
  if (kind === 'changed') {
    kids = isPart(left) ? entriesOf(item, left, 'removed') : []
    if (isPart(right)) kids = kids.concat(entriesOf(item, right, 'added'))
  } else {
    const value = right === undefined ? left : right
    kids = isPart(value) ? entriesOf(item, value, kind) : []
  }
  return view.hideDefaults ? kids.filter(kid => !kid.isDefault) : kids
}

/** The children of an item as rows show them: in groups when they are many. */
function kidsOf(item) {
  item.kids ??= item.group !== undefined ? grouped(item, item.group) : grouped(item, directKids(item))
  return item.kids
}

function grouped(item, kids) {
  if (kids.length <= GROUP) {
    for (const kid of kids) kid.way = item
    return kids
  }
  let size = GROUP
  while (kids.length / size > GROUP) size *= GROUP
  const owner = item.group === undefined ? item : item.parent
  const groups = []
  for (let i = 0; i < kids.length; i += size) {
    groups.push({ parent: owner, way: item, key: '', kind: '', group: kids.slice(i, i + size), total: kids.length })
  }
  return groups
}

function groupText(item) {
  const first = item.group[0].key
  const last = item.group[item.group.length - 1].key
  return typeof first === 'number' ? '[' + first + ' … ' + last + ']' : first + ' … ' + last
}

/** The type of what an item holds: that of the newer side. */
function typeOf(item) {
  if (item.types !== undefined) return types[item.types[1]]
  const value = item.right === undefined ? item.left : item.right
  return isPart(value) ? types[partOf(value)[0]] : null
}

const isSealed = item => {
  const value = item.right === undefined ? item.left : item.right
  return item.isSealed === true || (isPart(value) && partOf(value)[1] === 1)
}

/** A string in quotes, on one line. */
const quoted = text => "'" + JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'") + "'"

/** A leaf as text; a part in a word. */
function textOf(value) {
  if (typeof value === 'string') return quoted(value)
  if (!Array.isArray(value)) return String(value)
  if (value.length === 2) return value[1]
  const [type, , values] = partOf(value)
  const { kind, name } = types[type]
  return kind === 'object' ? shortName(name) : kind === 'list' ? '[' + values.length + ']' : '{' + values.length + '}'
}

/** What is in a part, on one short line. */
function previewOf(value) {
  let text = ''
  const [type] = partOf(value)
  const { kind } = types[type]
  for (const { key, right, isDefault } of entriesOf(null, value, '').slice(0, 12)) {
    if (isDefault) continue
    if (text.length > 60) return text + ', …'
    const short = textOf(right)
    const shown = short.length > 40 ? short.slice(0, 39) + '…' : short
    text += (text === '' ? '' : ', ') + (kind === 'list' ? '' : key + (kind === 'object' ? '=' : ': ')) + shown
  }
  return text
}

/** The tree of what matches a text: the matches, and what leads to them, open. */
function search(text) {
  const wanted = text.toLowerCase()
  const byPath = /[.[]/.test(wanted)
  const hits = []
  let count = 0
  let visits = 0
  const has = found => found.toLowerCase().includes(wanted)
  const hasValue = value =>
    value !== undefined &&
    (isPart(value) ? has(types[partOf(value)[0]].name) : has(typeof value === 'string' ? value : textOf(value)))
  const hasPath = item => {
    // The match must reach into the last key, or all that is below a match would match.
    const at = pathOf(item).toLowerCase().lastIndexOf(wanted)
    return at >= 0 && at + wanted.length > (item.parent === null ? 0 : pathOf(item.parent).length)
  }
  const isHit = item =>
    (item.parent !== null && has(String(item.key))) || hasValue(item.left) || hasValue(item.right) ||
    (item.types !== undefined && item.types.some(type => has(types[type].name))) || (byPath && hasPath(item))
  const visit = item => {
    if (++visits > MAX_VISITS) return false
    const hit = isHit(item)
    if (hit) count++
    const isShown = hit && hits.length < MAX_HITS
    if (isShown) hits.push(item)
    const kids = directKids(item).filter(visit)
    if (kids.length > 0) {
      item.kids = kids
      item.open = true
      for (const kid of kids) kid.way = item
    }
    return isShown || kids.length > 0
  }
  const root = rootItem()
  return { root: visit(root) ? root : null, hits, count, isCut: visits > MAX_VISITS }
}
`
