import { expect } from 'chai'
import { drawInstances, type Instance } from '../../../src/cli/packing/instances.ts'
import { bestFit } from '../../../src/cli/packing/rules.ts'
import { binsUsed, priorities, waste, wasteOfFirstFit } from '../../../src/cli/packing/simulate.ts'
import { programs } from '../../../src/search/index.ts'

const { call, compile, Program, variable } = programs
const [item, residual] = [variable('item'), variable('residual')]
const rule = (result: programs.Expression): programs.Program =>
  new Program({ inputs: [item, residual], result })

/** As the definition says it: all bins in a row, each with its priority. */
function packedPlainly({ capacity, items }: Instance, priority: programs.Program): number {
  const compiled = compile(priority)
  const rooms: number[] = []
  for (const size of items) {
    const open = [...new Set([...rooms, capacity])].filter(room => room >= size).sort((a, b) => a - b)
    const worth = open.map(room => {
      const value = compiled.run([size, room])
      return Number.isFinite(value) ? value : -Number.MAX_VALUE
    })
    const chosen = open[worth.indexOf(Math.max(...worth))] as number
    const at = rooms.indexOf(chosen)
    if (at < 0) rooms.push(capacity - size)
    else rooms[at] = chosen - size
  }
  return rooms.length
}

describe('packing by a rule', () => {
  it('puts each item where the priority is highest', () => {
    const instance = { capacity: 10, items: [6, 7, 3, 4] }
    expect(packedPlainly(instance, bestFit)).to.equal(2)
    expect(binsUsed(instance, priorities(compile(bestFit), 10))).to.equal(2)
    // A new bin for each.
    expect(binsUsed(instance, priorities(compile(rule(residual)), 10))).to.equal(4)
  })

  it('does what the definition says, whatever the rule', () => {
    const rules = [
      bestFit,
      rule(call('-', residual, item)),
      rule(call('sin', call('*', residual, item))),
      rule(call('/', 1, call('-', residual, call('+', item, 3)))),
      rule(call('sqrt', call('-', residual, 50))),
    ]
    for (const kind of ['weibull', 'or3'] as const) {
      const [drawn] = drawInstances(kind, 7, 1)
      const instance = { capacity: drawn!.capacity, items: drawn!.items.slice(0, 400) }
      for (const each of rules) {
        const table = priorities(compile(each), instance.capacity)
        expect(binsUsed(instance, table)).to.equal(packedPlainly(instance, each))
      }
    }
  })

  it('wastes what it takes beyond the bound', () => {
    const instances = [
      { capacity: 10, items: [6, 6, 4, 4] },
      { capacity: 10, items: [6, 6] },
    ]
    expect(waste(bestFit, instances)).to.equal(0)
    expect(waste(rule(residual), instances)).to.equal(50)
  })

  it('knows first fit', () => {
    // First fit puts the 2 to the 5, so that the 5 finds no room; best fit puts it to the 8.
    const instances = [{ capacity: 10, items: [5, 8, 2, 5] }]
    expect(wasteOfFirstFit(instances)).to.equal(50)
    expect(waste(bestFit, instances)).to.equal(0)
    expect(wasteOfFirstFit([{ capacity: 10, items: [6, 4, 4, 6] }])).to.equal(0)
  })

  it('gives the waste of best fit and first fit that is known for such instances', () => {
    const weibull = drawInstances('weibull', 3)
    expect(waste(bestFit, weibull)).to.be.within(3.7, 4.4)
    expect(wasteOfFirstFit(weibull)).to.be.within(4, 4.7)
  })
})
