import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { JournalStorage, MemoryStorage, type StudyRecord, type StudyStorage } from '../../src/search/index.ts'
import { storageSuite } from '../../src/testing/index.ts'

describe('a storage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-storages-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  let count = 0
  const journal = (): JournalStorage => new JournalStorage(join(folder, `${++count}.jsonl`))
  const reopenJournal = (storage: StudyStorage): StudyStorage =>
    new JournalStorage((storage as JournalStorage).file)

  const suites = {
    'in memory': storageSuite(() => new MemoryStorage(), {
      reopen: storage => new MemoryStorage((storage as MemoryStorage).read()),
    }),
    'in a journal': storageSuite(journal, { reopen: reopenJournal }),
    'that is slow': storageSuite(() => slowStorage()),
  }
  for (const [place, { cases }] of Object.entries(suites)) {
    describe(place, () => {
      for (const { topic, name, run } of cases) it(`${topic}: ${name}`, run)
    })
  }

  describe('that breaks its promises', () => {
    /** The names of the cases that a storage fails. */
    async function failures(make: () => StudyStorage): Promise<string[]> {
      const { cases } = storageSuite(make, { reopen: () => make() })
      const failed: string[] = []
      for (const { name, run } of cases) await run().catch(() => failed.push(name))
      return failed
    }

    it('is found out when it forgets', async () => {
      expect(await failures(() => new MemoryStorage())).to.deep.equal([
        'gives the same records, and takes more',
        'lets a study go on as if nothing had happened',
      ])
    })

    it('is found out when it loses, mixes up or rounds', async () => {
      const changed = (change: (records: StudyRecord[]) => StudyRecord[]) => (): StudyStorage => {
        const memory = new MemoryStorage()
        return { read: () => change([...memory.read()]), append: record => memory.append(record) }
      }
      expect(await failures(changed(records => records.slice(0, 8)))).to.include(
        'come back as they were, in order',
      )
      expect(await failures(changed(records => records.reverse()))).to.include(
        'keep their order when nobody waits',
      )
      const text = (records: StudyRecord[]): string => JSON.stringify(records)
      expect(
        await failures(
          changed(records => JSON.parse(text(records).replaceAll('0.30000000000000004', '0.3'))),
        ),
      ).to.include('come back as they were, in order')
    })
  })
})

/** Records that are kept some time after they were given, in the order in which they were. */
function slowStorage(): StudyStorage {
  const memory = new MemoryStorage()
  let last = Promise.resolve()
  return {
    read: async () => {
      await last
      return memory.read()
    },
    append: record => {
      last = last.then(() => new Promise(resolve => setImmediate(resolve))).then(() => memory.append(record))
      return last
    },
  }
}
