import { expect } from 'chai'
import { applyProposal, BASE_PROPOSAL, proposalJson, samplesOf } from '../../src/modules/proposal.ts'
import { PathError } from '../../src/symbolic/index.ts'
import { proposalOf, SCRIPT_PATH, scriptOf, scriptProgram } from '../support/script-programs.ts'

const base = scriptProgram()
const targets = ['modules[0].state.value']
const at = (path: string, value: unknown) => ({ ...BASE_PROPOSAL, updates: [[path, value]] as const })

describe('applyProposal', () => {
  it('gives the candidate', () => {
    const candidate = applyProposal(base, proposalOf('result = 1'), targets)
    expect('program' in candidate && scriptOf(candidate.program)).to.equal('result = 1')
    expect(applyProposal(base, BASE_PROPOSAL, targets)).to.deep.equal({ program: base })
  })

  it('says why a value does not fit', () => {
    expect(applyProposal(base, at(SCRIPT_PATH, 1), targets)).to.deep.equal({
      refusal: 'espalier.Sequential.modules[0].state.value.script must be a string, got 1',
    })
  })

  it('refuses places beside and above the targets, however they are written', () => {
    for (const path of ['modules[0].state', 'modules[0].state.trainable', '', 'modules[0].state.values']) {
      expect(() => applyProposal(base, at(path, 1), targets), path).to.throw(
        `which is not to be trained; what is: 'modules[0].state.value'`,
      )
    }
    expect(() => applyProposal(base, at('a..b', 1), targets)).to.throw(PathError)
    expect('program' in applyProposal(base, at('["modules"][0].state.value.script', 'x'), targets)).to.equal(
      true,
    )
  })
})

describe('samplesOf', () => {
  it('are those of the proposal, or else of the generation', () => {
    expect(samplesOf(BASE_PROPOSAL, [1, 2], 4)).to.deep.equal([1, 2])
    expect(samplesOf({ ...BASE_PROPOSAL, samples: [3] }, [1, 2], 4)).to.deep.equal([3])
  })

  it('refuses samples that there are not', () => {
    for (const [samples, got] of [
      [[0, 4], '4'],
      [[-1], '-1'],
      [[], 'none'],
    ] as const) {
      expect(() => samplesOf({ ...BASE_PROPOSAL, samples }, [1], 4)).to.throw(
        RangeError,
        `the proposal 'base' names samples from 0 to 3, got ${got}`,
      )
    }
  })
})

describe('proposalJson', () => {
  it('has trees as their JSON, and what no JSON has as text', () => {
    const proposal = { ...at('a', scriptProgram()), isProbe: true }
    expect(proposalJson(proposal)).to.deep.equal({
      updates: [['a', scriptProgram().toJSON()]],
      parents: [],
      operator: 'base',
      isProbe: true,
    })
    expect(proposalJson(at('a', [1n, undefined]))).to.have.deep.nested.property('updates[0][1]', ['1', null])
  })
})
