// Equality, hash, difference and patch as one writes them by hand. Equality and hash know the item and its
// fields; the hash has 31 bits, mixes every key and value, and takes the keys of dicts in any order. Difference
// and patch are generic over records and lists, stop at identical parts, and speak RFC 6902.

export function equals(a, b) {
  if (a === b) return true
  if (a.num !== b.num || a.rate !== b.rate || a.name !== b.name || a.kind !== b.kind) return false
  return equalDicts(a.attrs, b.attrs) && equalLists(a.children, b.children)
}

function equalLists(a, b) {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (!equals(a[at], b[at])) return false
  return true
}

function equalDicts(a, b) {
  if (a === b) return true
  let surplus = 0
  for (const key in a) {
    if (a[key] !== b[key]) return false
    surplus++
  }
  for (const _ in b) surplus--
  return surplus === 0
}

export function hash(item) {
  let sum = mix(0x51ed270b, hashNumber(item.num))
  sum = mix(sum, hashNumber(item.rate))
  sum = mix(sum, hashText(item.name))
  sum = mix(sum, hashText(item.kind))
  sum = mix(sum, hashList(item.children))
  sum = mix(sum, hashDict(item.attrs))
  return sum & 0x7fffffff
}

function hashList(list) {
  let sum = list.length
  for (let at = 0; at < list.length; at++) sum = mix(sum, hash(list[at]))
  return sum
}

function hashDict(dict) {
  let sum = 0
  for (const key in dict) sum = (sum + mix(hashText(key), hashNumber(dict[key]))) | 0
  return sum
}

function hashText(text) {
  let sum = text.length
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0
  return sum
}

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

function hashNumber(value) {
  if ((value | 0) === value) return value | 0
  float[0] = value
  return mix(words[0], words[1])
}

function mix(sum, value) {
  sum = Math.imul(sum ^ value, 0x5bd1e995)
  return sum ^ (sum >>> 15)
}

/** The RFC 6902 operations that turn `a` into `b`. */
export function diff(a, b) {
  const operations = []
  compare(a, b, '', operations)
  return operations
}

function compare(a, b, path, operations) {
  if (a === b) return
  const comparable = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null
  if (!comparable || Array.isArray(a) !== Array.isArray(b)) {
    operations.push({ op: 'replace', path, value: b })
  } else if (Array.isArray(a)) compareLists(a, b, path, operations)
  else compareRecords(a, b, path, operations)
}

function compareLists(a, b, path, operations) {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) {
    if (a[at] !== b[at]) compare(a[at], b[at], `${path}/${at}`, operations)
  }
  for (let at = a.length - 1; at >= shared; at--) operations.push({ op: 'remove', path: `${path}/${at}` })
  for (let at = shared; at < b.length; at++) operations.push({ op: 'add', path: `${path}/-`, value: b[at] })
}

function compareRecords(a, b, path, operations) {
  for (const key of Object.keys(a)) {
    if (!Object.hasOwn(b, key)) operations.push({ op: 'remove', path: `${path}/${escaped(key)}` })
    else if (a[key] !== b[key]) compare(a[key], b[key], `${path}/${escaped(key)}`, operations)
  }
  for (const key of Object.keys(b)) {
    if (!Object.hasOwn(a, key)) operations.push({ op: 'add', path: `${path}/${escaped(key)}`, value: b[key] })
  }
}

function escaped(key) {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key
}

/** The document after the operations; the one given stays as it is. */
export function applyPatch(document, operations) {
  for (const { op, path, value } of operations) {
    const keys = path.split('/')
    for (let at = 1; at < keys.length; at++) {
      if (keys[at].includes('~')) keys[at] = keys[at].replaceAll('~1', '/').replaceAll('~0', '~')
    }
    document = patched(document, keys, 1, op, value)
  }
  return document
}

function patched(target, keys, at, op, value) {
  if (at === keys.length) return value
  const key = keys[at]
  if (Array.isArray(target)) return patchedList(target, keys, at, op, value)
  const copy = { ...target }
  if (at < keys.length - 1) copy[key] = patched(target[key], keys, at + 1, op, value)
  else if (op === 'remove') delete copy[key]
  else copy[key] = value
  return copy
}

function patchedList(target, keys, at, op, value) {
  const copy = target.slice()
  const index = keys[at] === '-' ? copy.length : Number(keys[at])
  if (at < keys.length - 1) copy[index] = patched(target[index], keys, at + 1, op, value)
  else if (op === 'remove') copy.splice(index, 1)
  else if (op === 'add') copy.splice(index, 0, value)
  else copy[index] = value
  return copy
}
