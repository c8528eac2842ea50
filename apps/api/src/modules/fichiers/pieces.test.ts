import { connect } from 'node:net'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PIECE_OCTETS } from '@pass/domain/pieces.ts'
import { afterAll, expect, test } from 'vitest'
import { ATELIER } from '../../../../../prisma/seed/base/ids.ts'
import { buildServer } from '../../server.ts'
import { createWorld, type PersonKey } from '../../../test/world.ts'

const filesDir = await mkdtemp(join(tmpdir(), 'pieces-'))
const world = await createWorld({ config: { filesDir } })
afterAll(async () => {
  await world.close()
  await rm(filesDir, { recursive: true, force: true })
})

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF\n')
const path = `/ateliers/${ATELIER.a1}/pieces`
const send = (
  octets: Buffer,
  nom: string,
  type = 'application/pdf',
  who: PersonKey = 'structure.mediateur',
  options: { key?: string } = {},
) => world.as(who).post(path, octets, { headers: { 'content-type': type, 'x-nom-fichier': encodeURIComponent(nom) }, ...options })
const kept = async () => (await readdir(filesDir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())

test('a sheet is kept outside the database, with its digest, and read back as it was', async () => {
  const before = (await kept()).map(({ name }) => name)
  const made = await send(PDF, 'Feuille d’émargement.pdf')
  expect(made.statusCode).toBe(201)
  const piece = made.json()
  expect(piece).toMatchObject({ nom: 'Feuille d’émargement.pdf', type: 'application/pdf', octets: PDF.length, par: 'Marie Fictive' })
  expect((await world.as('structure.responsable').get(path)).json().items).toMatchObject([{ id: piece.id, sha256: piece.sha256 }])
  const back = await world.as('structure.responsable').get(`/pieces/${piece.id}`)
  expect(back.rawPayload.equals(PDF)).toBe(true)
  expect(back.headers['content-disposition']).toContain(encodeURIComponent('Feuille d’émargement.pdf'))
  const files = (await kept()).filter(({ name }) => !before.includes(name))
  expect(files).toHaveLength(1)
  expect((await stat(join(files[0]!.parentPath, files[0]!.name))).mode & 0o077).toBe(0)
  const { rows } = await world.sql.query(`select encode(sha256, 'hex') sha256 from piece where id = $1`, [piece.id])
  expect(rows[0].sha256).toBe(piece.sha256)
})

test('the same key gives the same answer, the same bytes twice are refused, and neither leaves a second file', async () => {
  const other = Buffer.concat([PDF, Buffer.from('%%EOF\n')])
  const key = '0192d1c0-0000-7000-8000-00000000f11e'
  const first = await send(other, 'a.pdf', 'application/pdf', 'structure.mediateur', { key })
  const again = await send(other, 'a.pdf', 'application/pdf', 'structure.mediateur', { key })
  expect([again.statusCode, again.body, again.headers['idempotency-replayed']]).toEqual([201, first.body, 'true'])
  const before = (await kept()).length
  const twice = await send(other, 'b.pdf')
  expect([twice.statusCode, twice.json().code]).toEqual([409, 'deja_enregistre'])
  const reused = await send(PDF, 'a.pdf', 'application/pdf', 'structure.mediateur', { key })
  expect(reused.json().code).toBe('cle_reutilisee')
  expect((await kept()).length).toBe(before)
})

test.each<[string, Buffer, string, string]>([
  ['a program named .pdf', Buffer.from('MZ\u0090\u0000\u0003This program cannot be run in DOS mode'), 'application/pdf', 'piece_type'],
  ['a program that is said to be JSON', Buffer.from('\u007fELF\u0002\u0001\u0001\u0000'), 'application/json', 'piece_type'],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'image/png', 'piece_type'],
  ['a table, where a scan is asked for', Buffer.from('a;b\n1;2\n'), 'text/csv', 'piece_type'],
  ['nothing', Buffer.alloc(0), 'application/pdf', 'piece_type'],
  ['one byte too many', Buffer.concat([PDF, Buffer.alloc(PIECE_OCTETS)]), 'application/pdf', 'piece_taille'],
])('%s: 400, nothing is kept', async (_, octets, type, code) => {
  const before = (await kept()).length
  const answer = await send(octets, 'facture.pdf', type)
  expect([answer.statusCode, answer.json().code]).toEqual([400, code])
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect((await kept()).length).toBe(before)
})

test('a name never leads elsewhere, and says what the bytes are', async () => {
  const made = await send(Buffer.concat([PDF, Buffer.from(' %%EOF')]), '../../etc/cron.d/facture.exe')
  expect(made.json().nom).toBe('-..-etc-cron.d-facture.exe.pdf')
})

test('nobody else reads it, nor sends to an atelier that is not theirs', async () => {
  const { items } = (await world.as('structure.mediateur').get(path)).json()
  const piece = `/pieces/${items[0].id}`
  expect((await world.as('autre:structure.mediateur').get(piece)).statusCode).toBe(404)
  expect((await world.as('s2:structure.mediateur').get(path)).statusCode).toBe(404)
  expect((await send(PDF, 'a.pdf', 'application/pdf', 'autre:structure.mediateur')).statusCode).toBe(404)
  expect((await send(PDF, 'a.pdf', 'application/pdf', 'prescripteur.agent')).statusCode).toBe(403)
})

test('bytes that changed on the disk are never served', async () => {
  const made = (await send(Buffer.concat([PDF, Buffer.from('  %%EOF')]), 'c.pdf')).json()
  const file = (await kept()).find(({ name }) => name === made.id)!
  const place = join(file.parentPath, file.name)
  await writeFile(place, Buffer.concat([(await readFile(place)).subarray(0, 20), Buffer.from('tampered')]))
  expect((await world.as('structure.mediateur').get(`/pieces/${made.id}`)).statusCode).toBe(500)
})

test('over a slow network a file takes its time, and nothing else does', async () => {
  const app = await buildServer(world.deps, { bodyTimeout: 150 })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  const cookie = await world.as('structure.mediateur').cookie()
  /** Sends half of a body, the rest after a while; answers the status, or null when the connection ended before. */
  const slowly = (url: string, type: string, body: Buffer) =>
    new Promise<number | null>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      const head = `POST /api${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ${cookie}\r\nIdempotency-Key: ${randomUUID()}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`
      socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, 20)]))
      setTimeout(() => socket.destroyed || socket.write(body.subarray(20)), 600)
      let said = ''
      socket.on('data', (chunk) => void (said += chunk))
      socket.on('error', () => resolve(null))
      socket.on('close', () => resolve(said ? Number(said.slice(9, 12)) : null))
    })
  const scan = Buffer.concat([PDF, Buffer.from('   %%EOF')])
  const body = Buffer.from(JSON.stringify({ presences: [], sansPass: 1 }))
  expect(
    await Promise.all([slowly(path, 'application/pdf', scan), slowly(`/ateliers/${ATELIER.a1}/presences`, 'application/json', body)]),
  ).toEqual([201, null])
  await app.close()
})

test('what an undone transaction left is swept, what has a row is not', async () => {
  const { rows } = await world.sql.query<{ id: string }>('select id from piece')
  const { sweepPieces } = await import('./sweep-pieces.ts')
  const orphan = '0192d1c0-0000-7000-8000-0000000000aa'
  const { keep } = await import('./store.ts')
  await keep(filesDir, orphan, PDF)
  const before = (await kept()).length
  const work = { id: '1', payload: {}, now: new Date(), today: '2026-03-10' }
  // the role that runs it
  const { openDeps } = await import('../../platform/process.ts')
  const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'sweep' })
  await sweepPieces.run(work, worker)
  expect((await kept()).length).toBe(before)
  await sweepPieces.run({ ...work, payload: { ageMs: 0 } }, worker)
  await worker.close()
  const left = (await kept()).map(({ name }) => name)
  expect(left).not.toContain(orphan)
  expect(left.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
})
