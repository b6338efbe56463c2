import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import {
  JournalStorage,
  oneOf,
  randomSearch,
  readJournal,
  regularizedEvolution,
  Space,
  Study,
  StudyError,
  type StudyOptions,
  type StudyRecord,
  untimed,
} from '../../../src/search/index.ts'

const space = Space.of([oneOf([1, 2, 3, 4]), oneOf([1, 2, 3, 4])])
const evolution = regularizedEvolution({ populationSize: 3, tournamentSize: 2 })
type Point = typeof space extends Space<infer Value> ? Value : never
const score = (point: Point): number => Number(point.at(0)) * 10 + Number(point.at(1))

describe('a journal', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-journal-'))
    file = join(folder, 'study.jsonl')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const study = (options: StudyOptions<Point> = {}): Study<Point> =>
    new Study(space, evolution, { seed: 5, budget: { trials: 10 }, window: 3, storage: file, ...options })

  /** Runs a study over the file to its end; gives back its history as data. */
  async function run(options: StudyOptions<Point> = {}): Promise<unknown> {
    const search = study(options)
    await search.optimize((point, trial) => {
      trial.report(1, score(point))
      return trial.id === 4 ? trial.skip('four') : score(point)
    })
    await search.close()
    return JSON.parse(JSON.stringify(search.history))
  }

  /** What the journal says, without times and handing out again. */
  const records = (): StudyRecord[] =>
    untimed(readJournal(file)).filter(({ type }) => type !== 'again' && type !== 'report')

  it('has a line of JSON for each record, which says its number', async () => {
    await run()
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line).n)).to.deep.equal(lines.map((_, i) => i + 1))
    const [first, second, third] = lines.map(line => JSON.parse(line).record)
    expect(first).to.deep.include({
      type: 'study',
      version: 1,
      seed: 5,
      window: 3,
      space: space.template.hash(),
    })
    expect([second.type, third.type]).to.deep.equal(['ask', 'report'])
    expect(readdirSync(folder)).to.deep.equal(['study.jsonl'])
  })

  it('is gone on with, by the name of the file alone', async () => {
    const first = study()
    for await (const trial of first.trials(4)) trial.tell(score(trial.value))
    await first.close()
    const second = study()
    expect(second.history.length).to.equal(4)
    for await (const trial of second.trials()) trial.tell(score(trial.value))
    expect([second.history.length, second.stopReason]).to.deep.equal([10, 'budget'])
    await second.close()
    expect(second.best.reward).to.equal(
      Math.max(...second.history.map(t => (t.status === 'told' ? t.reward : 0))),
    )
  })

  it('lets a study go on alike when it is cut at any byte', async () => {
    const whole = await run({ budget: { trials: 5 } })
    const bytes = readFileSync(file)
    const told = records()
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(file, bytes.subarray(0, length))
      const storage = new JournalStorage(file, { sync: 'never' })
      expect(await run({ storage, budget: { trials: 5 } }), `cut at ${length}`).to.deep.equal(whole)
      if (length % 10 === 0) expect(records()).to.deep.equal(told)
    }
  }).timeout(60_000)

  it('says the same at any concurrency, apart from times', async () => {
    const told: StudyRecord[][] = []
    for (const concurrency of [1, 2, 8]) {
      rmSync(file, { force: true })
      const search = study({ window: 8, budget: { trials: 40 } })
      const evaluate = async (point: Point, { id }: { id: number }): Promise<number> => {
        await new Promise(resolve => setTimeout(resolve, (id * 7) % 5))
        return score(point)
      }
      await search.optimize(evaluate, { concurrency })
      await search.close()
      told.push(untimed(readJournal(file)))
    }
    expect(told[1]).to.deep.equal(told[0])
    expect(told[2]).to.deep.equal(told[0])
  })

  it('keeps what a crash has left of a line beside it', async () => {
    await run()
    const before = readFileSync(file, 'utf8')
    appendFileSync(file, '{"n":99,"su\0')
    await study().close()
    expect(readFileSync(file, 'utf8')).to.equal(before)
    expect(readFileSync(`${file}.torn`, 'utf8')).to.equal('{"n":99,"su\0\n')
    appendFileSync(file, 'again')
    expect([...readJournal(file)].length).to.equal(before.split('\n').length - 1)
    expect(readFileSync(file, 'utf8')).to.equal(`${before}again`)
    await study().close()
    expect(readFileSync(`${file}.torn`, 'utf8')).to.equal('{"n":99,"su\0\nagain\n')
  })

  it('is refused when a line was damaged, lost, moved or added, and stays as it is', async () => {
    await run()
    const good = readFileSync(file, 'utf8')
    const lines = good.trimEnd().split('\n')
    const refuse = (bad: string, why: string): void => {
      writeFileSync(file, bad)
      expect(() => study()).to.throw(StudyError, why)
      expect(readFileSync(file, 'utf8')).to.equal(bad)
      expect(readdirSync(folder)).to.deep.equal(['study.jsonl'])
    }
    const joined = (...parts: string[]): string => `${parts.join('\n')}\n`
    refuse(
      good.replace('"tell","id":1,"reward":', '"tell","id":1,"reward":1'),
      `${file}:4: the line is not as it was written`,
    )
    refuse(
      joined(...lines.slice(0, 3), ...lines.slice(4)),
      `${file}:4: line 4 was to come, and this is line 5`,
    )
    refuse(
      joined(...lines.slice(0, 3), 'hello', ...lines.slice(4)),
      `${file}:4: the line is not of a journal: it says "hello"`,
    )
    refuse(joined(...lines.slice(1)), `${file}:1: line 1 was to come, and this is line 2`)
    refuse(`${good}${lines[0]}\n`, `this is line 1`)
    // A line of another journal, with the right number and a checksum that was right there.
    const other = join(folder, 'other.jsonl')
    await run({ storage: other, seed: 6 })
    const foreign = readFileSync(other, 'utf8').split('\n')
    rmSync(other)
    refuse(
      joined(...lines.slice(0, 3), foreign[3] as string, ...lines.slice(4)),
      `${file}:4: the line is not as it was written`,
    )
  })

  it('is never written over a file that is none', async () => {
    for (const text of ['hello', 'hello\n', '{"a":1}\n{"a":2}\n', '\n', '\0\0\0\0', '{"name":"package"']) {
      writeFileSync(file, text)
      expect(() => study(), JSON.stringify(text)).to.throw(
        StudyError,
        `${file}:1: the file is not the journal of a study`,
      )
      expect(() => [...readJournal(file)]).to.throw(StudyError, 'not the journal')
      expect(readFileSync(file, 'utf8')).to.equal(text)
    }
    rmSync(file)
    mkdirSync(file)
    expect(() => study()).to.throw(StudyError, 'is no file')
    expect(() => [...readJournal(join(folder, 'none'))]).to.throw(StudyError, 'there is no journal')
  })

  it('refuses to go on with another space, and says what differs', async () => {
    await run()
    const other = Space.of([oneOf([1, 2, 3, 5]), oneOf([1, 2, 3, 4])])
    const over = (): unknown => new Study(other, evolution, { seed: 5, window: 3, storage: file })
    expect(over).to.throw(
      StudyError,
      'a study of another space: [0].candidates[3] was 4, and is 5 here; give',
    )
    expect(() => new Study(space, randomSearch(), { seed: 5, window: 3, storage: file })).to.throw(
      StudyError,
      'the algorithm',
    )
    // Refusing has let go of it.
    await study().close()
  })

  it('is had open by one study at a time', async () => {
    const first = study()
    expect(() => study()).to.throw(StudyError, `${file} is in use by this process`)
    await first.close()
    await first.close()
    const second = study()
    await second.close()
    expect(existsSync(file)).to.equal(false)
  })

  it('takes no answers after it was closed', async () => {
    const search = study()
    const loop = search.trials()
    const { value: trial } = await loop.next()
    await search.close()
    expect(() => trial.tell(1)).to.throw(StudyError, 'trial 1 was given up by the study')
    await search.enqueue(space.materialize(space.first())).then(
      () => expect.fail('it was enqueued'),
      error => expect(error.message).to.equal('the study is closed'),
    )
    expect([...readJournal(file)].length).to.equal(2)
  })

  it('can be read while it is written', async () => {
    const search = study()
    for await (const trial of search.trials(3)) {
      trial.tell(1)
      expect([...readJournal(file)].length).to.equal(1 + 2 * trial.id)
    }
    await search.close()
  })

  it('is read in good time when it is long, and stays small', async () => {
    const storage = new JournalStorage(file, { sync: 'never' })
    await run({ storage: join(folder, 'first.jsonl'), budget: { trials: 1 } })
    const [start] = readJournal(join(folder, 'first.jsonl'))
    storage.append(start as StudyRecord)
    const began = performance.now()
    for (let id = 1; id <= 20_000; id++) {
      storage.append({ type: 'ask', id, dna: [1, 2], parents: [] })
      storage.append({ type: 'tell', id, reward: id })
    }
    const appended = performance.now()
    storage.close()
    let count = 0
    for (const _ of readJournal(file)) count++
    const read = performance.now() - appended
    expect(count).to.equal(40_001)
    // 100,000 trials take some 0.8 s to write and 0.5 s to read on a quiet machine; this is a fifth of it, with room.
    expect(appended - began).to.be.below(4000)
    expect(read).to.be.below(2000)
  })

  it('checks its options', () => {
    expect(() => new JournalStorage('')).to.throw(StudyError, 'a journal needs the name of a file, got ""')
    expect(() => new JournalStorage('x', { sync: 'often' as 'never' })).to.throw(StudyError, 'got "often"')
  })

  it('is the same however often it is synced', async () => {
    const told: unknown[] = []
    for (const sync of ['record', 'window', 'never'] as const) {
      rmSync(file, { force: true })
      await run({ storage: new JournalStorage(file, { sync }) })
      told.push(records())
    }
    expect(told[1]).to.deep.equal(told[0])
    expect(told[2]).to.deep.equal(told[0])
  })

  it('can be copied, and gone on with elsewhere', async () => {
    const whole = await run()
    const copy = join(folder, 'deeper', 'copy.jsonl')
    mkdirSync(join(folder, 'deeper'))
    copyFileSync(file, copy)
    const search = study({ storage: copy })
    expect(JSON.parse(JSON.stringify(search.history))).to.deep.equal(whole)
    await search.close()
  })
})
