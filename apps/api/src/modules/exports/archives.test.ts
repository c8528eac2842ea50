import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Archive, archiveRoutes } from '@pass/contracts/archives.ts'
import { CANARI, CARNET, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { afterAll, expect, test } from 'vitest'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'
import { BadInput, type Io } from '../../platform/cli.ts'
import { openDeps } from '../../platform/process.ts'
import { archiveCommand } from './archive-command.ts'
import { readArchive } from './read-archive.ts'
import { sweepArchives } from './sweep-archives.ts'
import { verifyArchive } from './verifier-archive.ts'
import { openZip, zipInto } from './zip.ts'

const world = await createWorld()
const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', statementTimeout: 60_000, max: 4 })
const folder = await mkdtemp(join(tmpdir(), 'archives-'))
afterAll(async () => {
  await worker.close()
  await world.close()
  await rm(folder, { recursive: true })
})

const admin = world.as('collectivite.administrateur')
const list = async (): Promise<Archive[]> => archiveRoutes.listArchives.response.parse((await admin.get('/archives')).json()).items
const made = async (): Promise<{ archive: Archive; bytes: Buffer }> => {
  const asked = await admin.post('/archives')
  expect([asked.statusCode, asked.json().statut]).toEqual([201, 'en_preparation'])
  await world.runJobs()
  const archive = (await list()).find(({ id }) => id === asked.json().id)!
  const file = await admin.get(`/archives/${archive.id}/fichier`)
  expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'application/zip'])
  return { archive, bytes: file.rawPayload }
}

test('an archive is made by a job, downloaded after a proof, and every balance is found again from it alone', async () => {
  const { archive, bytes } = await made()
  expect(archive).toMatchObject({ statut: 'prete', octets: bytes.length, dateFin: '2026-04-09', avancement: null })
  const outcome = verifyArchive(bytes)
  expect(outcome.lines.join('\n')).not.toContain('FAUX')
  expect(outcome.ok).toBe(true)
  const { manifest, data } = readArchive(bytes)
  expect(manifest.collectivite.id).toBe(ORG.t1)
  const { rows } = await world.sql.query(
    `select coalesce(sum(solde_centimes) filter (where nature in ('du', 'en_paiement')), 0)::int due, count(*)::int comptes,
      (select count(*)::int from transfer where collectivite_id = $1) ecritures, (select count(*)::int from carnet where collectivite_id = $1) carnets,
      (select count(*)::int from redemption where collectivite_id = $1) utilisations from account where collectivite_id = $1`,
    [ORG.t1],
  )
  const { dus } = outcome.json as { dus: { duCentimes: number; structure: string }[] }
  expect(rows[0].due).toBeGreaterThan(0)
  expect(dus.reduce((sum, { duCentimes }) => sum + duCentimes, 0)).toBe(rows[0].due)
  for (const table of ['comptes', 'ecritures', 'carnets', 'utilisations'] as const)
    expect([table, data[table].length]).toEqual([table, rows[0][table]])
  const pages = await readPdf(openZip(bytes)['synthese.pdf']!)
  expect(pages.map(({ text }) => text).join(' ')).toContain('Tiers-lieu Le Chai')
  // at rest it is sealed, and whoever has no fresh proof does not get it
  const kept = await readFile(join(world.deps.config.filesDir, 'archives', `${archive.id}.sceau`))
  expect(kept.includes('manifeste.json')).toBe(false)
  const stale = world.asWith('collectivite.administrateur', { preuve: false })
  expect((await stale.get(`/archives/${archive.id}/fichier`)).json().code).toBe('preuve_requise')
})

test('an archive holds no pass code, nobody’s name, and nothing of another collectivité', async () => {
  const { bytes } = await made()
  const text = Object.values(openZip(bytes))
    .map((one) => Buffer.from(one).toString('utf8'))
    .join('\n')
  for (const word of [CANARI, 'Basile', 'Blanche', PEOPLE['structure.mediateur'].utilisateurId, ORG.t2, CARNET.k9])
    expect(text).not.toContain(word)
  expect(text).not.toMatch(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b(?!-)/)
})

test('one byte changed, anywhere, and the archive is refused with its reason', async () => {
  const { bytes } = await made()
  const step = Math.floor(bytes.length / 211)
  for (let at = 0; at < bytes.length; at += step) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    const { ok, lines } = verifyArchive(changed)
    expect([at, ok]).toEqual([at, false])
    expect(lines[0]).toMatch(/^Archive refusée\u00a0: .+\.$/)
  }
  for (const broken of [
    bytes.subarray(0, -1),
    bytes.subarray(0, bytes.length / 2),
    Buffer.concat([bytes, Buffer.from('x')]),
    Buffer.from(''),
  ])
    expect(verifyArchive(broken).ok).toBe(false)
})

test('an archive rewritten whole, every digest made again, is refused by its figures', async () => {
  const { bytes } = await made()
  const files = openZip(bytes)
  const { manifest } = readArchive(bytes)
  const uses = Buffer.from(files['utilisations.csv']!).toString('utf8').replace(';a_payer;', ';annulee;')
  const changed = { ...files, 'utilisations.csv': Buffer.from(uses) }
  const digest = { octets: Buffer.byteLength(uses), sha256: createHash('sha256').update(uses).digest('hex') }
  const fichiers = manifest.fichiers.map((file) => (file.nom === 'utilisations.csv' ? { ...file, ...digest } : file))
  const chunks: Uint8Array[] = []
  const zip = zipInto({ write: async (chunk) => void chunks.push(chunk) }, new Date())
  for (const [nom, content] of Object.entries({ ...changed, 'manifeste.json': Buffer.from(JSON.stringify({ ...manifest, fichiers })) })) {
    const part = zip.part(nom)
    await part.write(content)
    await part.end()
  }
  await zip.end()
  const { ok, lines } = verifyArchive(Buffer.concat(chunks))
  expect(ok).toBe(false)
  expect(lines.join('\n')).toContain('FAUX   Le dû de chaque structure se recalcule depuis ses utilisations')
})

test('one archive at a time; it is kept thirty days, then leaves the disk', async () => {
  const asked = await admin.post('/archives')
  expect([asked.statusCode, (await admin.post('/archives')).json().code]).toEqual([201, 'archive_statut'])
  const path = `/archives/${asked.json().id}/fichier`
  expect((await admin.get(path)).json().message).toContain('en préparation')
  await world.runJobs()
  world.setClock('2026-04-09T08:00:00.000Z')
  expect((await admin.get(path)).json()).toMatchObject({ code: 'archive_statut' })
  world.setClock('2026-03-10T08:00:00.000Z')
  expect((await admin.get(path)).statusCode).toBe(200)
  const moment = { id: '0', now: new Date(), today: '2026-03-10' }
  await sweepArchives.run({ ...moment, payload: {} }, worker)
  expect((await admin.get(path)).statusCode).toBe(200)
  await sweepArchives.run({ ...moment, payload: { ageMs: 0 } }, worker)
  expect(await readdir(join(world.deps.config.filesDir, 'archives'))).toEqual([])
  expect((await admin.get(path)).json()).toMatchObject({ code: 'archive_statut' })
})

test('an archive whose job is lost is asked again, under its own number', async () => {
  const asked = await admin.post('/archives')
  await worker.pool.query(`delete from graphile_worker._private_jobs where payload ->> 'archiveId' = $1`, [asked.json().id])
  const again = await admin.post('/archives')
  expect([again.statusCode, again.json().id]).toEqual([201, asked.json().id])
  await world.runJobs()
  expect((await list()).find(({ id }) => id === asked.json().id)?.statut).toBe('prete')
})

test('only who administers the collectivité makes and downloads an archive; another collectivité meets none of it', async () => {
  const [{ id }] = (await list()) as [Archive]
  for (const role of ['collectivite.gestionnaire', 'collectivite.lecteur'] as const) {
    expect((await world.as(role).get('/archives')).statusCode).toBe(200)
    expect((await world.as(role).post('/archives')).statusCode).toBe(403)
    expect((await world.as(role).get(`/archives/${id}/fichier`)).statusCode).toBe(403)
  }
  expect((await world.as('autre:collectivite.administrateur').get(`/archives/${id}/fichier`)).statusCode).toBe(404)
  for (const role of ['operateur.gestionnaire', 'anct.pilote'] as const)
    expect((await world.as(role).get('/archives')).statusCode).toBe(403)
  const { rows } = await world.sql.query(
    `select action, count(*)::int > 0 seen from audit_event where action in ('askArchive', 'takeArchive', 'job:make-archive') and statut < 300 group by 1 order by 1`,
  )
  expect(rows.map(({ action }) => action)).toEqual(['askArchive', 'job:make-archive', 'takeArchive'])
})

const io = {
  json: false,
  config: world.deps.config,
  owner: async () => world.sql,
  deps: async () => worker,
  say: () => undefined,
} satisfies Io

test('the command writes the same archive for the collectivité that is named, and never over a file', async () => {
  const sortie = join(folder, 'creuse.zip')
  const outcome = await archiveCommand.run(io, { collectivite: 'Département de la Creuse', sortie })
  expect(outcome.lines.join('\n')).toContain('Département de la Creuse')
  const bytes = await readFile(sortie)
  expect(verifyArchive(bytes)).toMatchObject({ ok: true })
  expect(readArchive(bytes).manifest.collectivite.id).toBe(ORG.t1)
  await expect(archiveCommand.run(io, { collectivite: 'Département de la Creuse', sortie })).rejects.toThrow('existe déjà')
  await expect(archiveCommand.run(io, { collectivite: '00000000000000', sortie })).rejects.toThrow(BadInput)
  const { rows } = await world.sql.query(`select role from audit_event where action = 'job:archive' and organisation_id = $1`, [ORG.t1])
  expect(rows).toEqual([{ role: 'collectivite.systeme' }])
})
