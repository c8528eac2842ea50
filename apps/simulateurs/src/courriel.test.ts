import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Courriel, startCatcher } from './courriel.ts'

const dir = await mkdtemp(join(tmpdir(), 'attrape-'))
const catcher = await startCatcher({ port: 0, dir, keep: 3 })
afterAll(async () => {
  await catcher.close()
  await rm(dir, { recursive: true })
})

const END = '\r\n.\r\n'
/** Speaks SMTP by hand: one line at a time, as the server answers. */
const send = (data: string, port = catcher.port): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const lines = ['EHLO moi', 'MAIL FROM:<de@exemple.fr>', 'RCPT TO:<Ada@exemple.fr>', 'DATA', `${data}${END}`.trimEnd(), 'QUIT']
    let last = ''
    socket.on('data', (chunk: Buffer) => {
      const answer = chunk.toString()
      if (!/^\d{3} .*\r\n$/m.test(answer)) return
      if (!answer.startsWith('221')) last = answer
      const line = lines.shift()
      if (line !== undefined) socket.write(`${line}\r\n`)
    })
    socket.on('close', () => resolve(last.slice(0, 3)))
    socket.on('error', reject)
  })
const names = async () => (await readdir(dir)).toSorted()
const read = async (): Promise<Courriel[]> =>
  Promise.all((await names()).map(async (name) => JSON.parse(await readFile(join(dir, name), 'utf8')) as Courriel))
const mail = (objet: string) =>
  `From: =?UTF-8?Q?Pass_num=C3=A9rique?= <de@exemple.fr>\r\nTo: Ada@exemple.fr\r\nSubject: ${objet}\r\nDate: Tue, 10 Mar 2026 09:00:00 +0100\r\n\r\nBonjour`

test('one file a mail, read as a person reads it, the newest first, the oldest dropped', async () => {
  for (const objet of ['un', 'deux', 'trois', 'quatre']) expect(await send(mail(objet))).toBe('250')
  const mails = await read()
  expect(mails.map(({ objet }) => objet)).toEqual(['quatre', 'trois', 'deux'])
  expect(mails[0]).toMatchObject({
    de: 'Pass numérique <de@exemple.fr>',
    a: 'ada@exemple.fr',
    at: '2026-03-10T08:00:00.000Z',
    texte: expect.stringContaining('Bonjour'),
    html: null,
  })
  expect((await names()).every((name) => /^\d{13}-\d{6}\.json$/.test(name))).toBe(true)
})

test('what is not a mail, or is too large, does not stop it; started again it goes on in the same folder', async () => {
  expect(await send('\u0000\u0001 n’importe quoi')).toBe('250')
  expect(await send(`Subject: gros\r\n\r\n${'a'.repeat(3 * 1024 * 1024)}`)).not.toBe('250')
  const again = await startCatcher({ port: 0, dir, keep: 3 })
  expect(await send(mail('cinq'), again.port)).toBe('250')
  await again.close()
  expect((await read()).map(({ objet }) => objet)).toEqual(['cinq', '', 'quatre'])
})
