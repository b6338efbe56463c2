import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { StudyError } from '../../../src/search/errors.ts'
import { lock } from '../../../src/search/study/journal-lock.ts'

describe('the lock of a journal', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-lock-'))
    file = join(folder, 'study.jsonl')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const locks = (): string[] => readdirSync(folder).filter(name => name.includes('.lock'))
  const leave = (name: string): void => writeFileSync(join(folder, `study.jsonl.lock-${name}`), '')
  const host = encodeURIComponent(hostname()).replaceAll('-', '%2D')

  it('is had by one at a time, and given back', () => {
    const release = lock(file)
    expect(locks().length).to.equal(1)
    expect(() => lock(file)).to.throw(StudyError, `${file} is in use by this process`)
    expect(locks().length).to.equal(1)
    release()
    release()
    expect(locks()).to.deep.equal([])
    lock(file)()
  })

  it('makes the folder that the file will be in', () => {
    lock(join(folder, 'a', 'b', 'study.jsonl'))()
    expect(readdirSync(join(folder, 'a', 'b'))).to.deep.equal([])
  })

  it('is one for all names of a file', () => {
    writeFileSync(file, '')
    symlinkSync(file, join(folder, 'link.jsonl'))
    const release = lock(join(folder, 'link.jsonl'))
    expect(() => lock(file)).to.throw(StudyError, 'in use')
    release()
    const other = lock(join(folder, 'study'))
    lock(file)()
    other()
  })

  it('is taken from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    leave(`${child.pid}--${host}-1`)
    leave(`${child.pid}-12345.abcdef01-${host}-2`)
    lock(file)()
    expect(locks()).to.deep.equal([])
  })

  it('is taken from a process whose number another has now', function () {
    if (process.platform !== 'linux') this.skip()
    leave(`${process.pid}-1.abcdef01-${host}-1`)
    lock(file)()
    leave(`${process.ppid}--${host}-1`)
    expect(() => lock(file)).to.throw(StudyError, `in use by process ${process.ppid}`)
  })

  it('is taken from a process that has ended and is only still listed', async function () {
    if (process.platform !== 'linux') this.skip()
    // The shell says the number of its child, and becomes a program that will never wait for it.
    const parent = spawn('sh', ['-c', 'sleep 30 & echo $!; exec sleep 30'])
    const [data] = await once(parent.stdout, 'data')
    const child = Number(String(data))
    const untilStat = async (pid: number | undefined, wanted: RegExp): Promise<void> => {
      while (!wanted.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) {
        await new Promise(resolve => setTimeout(resolve, 5))
      }
    }
    await untilStat(parent.pid, /\(sleep\)/)
    process.kill(child, 'SIGKILL')
    await untilStat(child, /\) Z /)
    leave(`${child}--${host}-1`)
    lock(file)()
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  })

  it('is left to other machines, and to files that say nothing, with what to do', () => {
    leave('5--else%2Dwhere-1')
    expect(() => lock(file)).to.throw(StudyError, 'in use by process 5 on else-where; if it is gone, delete')
    rmSync(join(folder, 'study.jsonl.lock-5--else%2Dwhere-1'))
    for (const name of ['', 'x', '0--host-1', '5-host-1', '5--host']) {
      leave(name)
      expect(() => lock(file), name).to.throw(StudyError, 'if it is gone, delete that file')
      expect(locks()).to.deep.equal([`study.jsonl.lock-${name}`])
      rmSync(join(folder, `study.jsonl.lock-${name}`))
    }
  })
})
