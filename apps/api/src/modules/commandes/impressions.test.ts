import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Production } from '@pass/contracts/production.ts'
import { parseCode } from '@pass/domain/codes.ts'
import { parseSerie } from '@pass/domain/references.ts'
import { parse } from 'csv-parse/sync'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { newPerson } from '../../../test/new-person.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld, type Person } from '../../../test/world.ts'
import { lookupOf, readQr } from '../../platform/codes.ts'
import { openDeps } from '../../platform/process.ts'
import { destroyLotKeys } from './destroy-lot-keys.ts'

const world = await createWorld()
const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', max: 2 })
afterAll(async () => {
  await worker.close()
  await world.close()
})

const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g
const operateur = world.as('operateur.gestionnaire')
const ask = (id: string, format: string) => operateur.post(`/commandes/${id}/impressions`, { format })
const take = (impressionId: string, who = operateur) => who.get(`/impressions/${impressionId}/fichier`)
const read = async (id: string): Promise<Production> => (await operateur.get(`/commandes/${id}/production`)).json()
/** A commande in production with a print file ready. */
const printed = async (format: 'csv' | 'pdf', quantite = 2) => {
  const commande = await commandeUpTo(world, 'en_production', { quantite })
  const asked = await ask(commande.id, format)
  expect([asked.statusCode, asked.json().impressions[0].statut]).toEqual([201, 'en_preparation'])
  await world.runJobs()
  const { impressions } = await read(commande.id)
  return { commande, impression: impressions[0]! }
}
const passOf = async (code: string) =>
  (
    await world.sql.query('select p.id, c.serie from pass p join carnet c on c.id = p.carnet_id where p.lookup = $1', [
      lookupOf(world.deps.secrets, code),
    ])
  ).rows[0]

test('every QR and every code of a printed page is read back, signed, and is in the database', async () => {
  const { impression } = await printed('pdf')
  const response = await take(impression.id)
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/pdf'])
  const bytes = response.rawPayload
  expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([impression.octets, impression.empreinte])
  expect(bytes.toString('latin1')).toMatch(/\/Lang \(fr-FR\)/)
  const pages = await readPdf(bytes, { scan: () => true })
  expect(pages).toHaveLength(4)
  for (const [cover, vouchers] of [pages.slice(0, 2), pages.slice(2)] as const) {
    const [serie] = /PN.26-\d{7}-./.exec(cover!.text)!
    expect(cover!.text).toContain('Département de la Creuse')
    expect(cover!.text).toContain('mercredi 31 mars 2027')
    expect(cover!.text).toContain('05 55 00 00 00')
    expect(cover!.text).toContain('Comment l’utiliser')
    expect(cover!.text).toMatch(/\b[0-9A-Z]{6}\b/)
    expect(cover!.text.match(new RegExp(serie, 'g'))).toHaveLength(2)
    // the number that a scanner reads is the one that is printed
    expect(cover!.symbols.map(({ text }) => parseSerie(text))).toEqual([parseSerie(serie)])
    expect(cover!.symbols[0]!.widthMm).toBeGreaterThan(20)
    const codes = vouchers!.text.match(CODE)!
    expect([codes.length, vouchers!.symbols.length]).toEqual([10, 10])
    expect(vouchers!.text.match(/Talon \d+/g)).toHaveLength(10)
    const scanned = vouchers!.symbols.map(({ text, widthMm }) => {
      expect(widthMm).toBeGreaterThan(20)
      return readQr(world.deps.secrets, text)!
    })
    for (const [i, payload] of scanned.entries()) {
      expect(payload).toMatchObject({ collectiviteId: ORG.t1, dateFin: '2027-03-31' })
      const row = await passOf(payload.code)
      expect(row.id).toBe(String(payload.passId))
      expect(parseSerie(serie)).toEqual({ ok: true, serie: Number(row.serie) })
      expect(Number(payload.passId % 10n)).toBe(i)
    }
    // what a person types is what a scanner reads
    const typed = codes.map((code) => parseCode(code))
    expect(new Set(typed.map((one) => one.ok && one.code))).toEqual(new Set(scanned.map(({ code }) => code)))
    expect(typed).toHaveLength(scanned.length)
  }
}, 60_000)

test('the file of a printer: a line a carnet, its codes and the texts of its QR', async () => {
  const { commande, impression } = await printed('csv', 3)
  const response = await take(impression.id)
  expect(response.headers['content-disposition']).toContain(`carnets-${commande.reference}.csv`)
  expect(response.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const rows: Record<string, string>[] = parse(response.rawPayload, { bom: true, columns: true, delimiter: ';' })
  expect(rows).toHaveLength(3)
  for (const row of rows) {
    const serie = parseSerie(row.serie!)
    for (let rang = 1; rang <= 10; rang++) {
      const payload = readQr(world.deps.secrets, row[`qr_${rang}`]!)!
      expect(parseCode(row[`pass_${rang}`]!)).toEqual({ ok: true, code: payload.code })
      expect(serie).toEqual({ ok: true, serie: Number((await passOf(payload.code)).serie) })
    }
  }
})

test('a print file is taken once, by one person, after a proof, and nothing of it is left', async () => {
  const { commande, impression } = await printed('csv')
  const files = () => readdirSync(join(world.deps.config.filesDir, 'impressions')).filter((file) => file.startsWith(impression.id))
  // sealed while it waits
  expect(readFileSync(join(world.deps.config.filesDir, 'impressions', `${impression.id}.sceau`)).includes('serie')).toBe(false)
  const [colleague] = (await newPerson(world, [ORG.o1], 'operateur.gestionnaire')) as [Person]
  expect((await take(impression.id, world.asWith(colleague, { preuve: false }))).json().code).toBe('preuve_requise')
  const answers = await Promise.all([take(impression.id), take(impression.id, world.as(colleague)), take(impression.id)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  expect(files()).toEqual([])
  const [taken] = (await read(commande.id)).impressions
  expect(taken).toMatchObject({ statut: 'retiree', retireeAt: '2026-03-10T08:00:00.000Z' })
  const again = await take(impression.id)
  expect([again.statusCode, again.json().code]).toEqual([409, 'impression_statut'])
  expect(again.json().message).toContain(`par ${taken!.retireeNom} le 10/03/2026`)
  // nor made again
  expect((await ask(commande.id, 'csv')).json().code).toBe('impression_statut')
  const { rows } = await world.sql.query(
    `select statut, count(*)::int n, bool_and(utilisateur_id is not null) known from audit_event where action = 'takeImpression' and objet ->> 'impressionId' = $1 group by 1 order by 1`,
    [impression.id],
  )
  expect(rows[0]).toMatchObject({ statut: 200, known: true })
})

test('carnets are printed once written, while their key lives, by their operator alone', async () => {
  expect((await ask(COMMANDE.maquette_validee, 'pdf')).json().code).toBe('commande_statut')
  const { commande, impression } = await printed('pdf', 1)
  expect((await world.as('autre:operateur.gestionnaire').get(`/impressions/${impression.id}/fichier`)).statusCode).toBe(404)
  expect((await world.as('autre:operateur.gestionnaire').post(`/commandes/${commande.id}/impressions`, { format: 'csv' })).statusCode).toBe(
    404,
  )
  for (const role of ['collectivite.administrateur', 'anct.pilote', 'operateur.support', 'structure.mediateur'] as const)
    expect((await take(impression.id, world.as(role))).statusCode).toBe(403)
  // the collectivité sees who took it; the ANCT, which reads no lot, nothing
  const seen = await world.as('collectivite.gestionnaire').get(`/commandes/${commande.id}/production`)
  expect(seen.json().impressions).toMatchObject([{ statut: 'prete' }])
  expect((await world.as('anct.pilote').get(`/commandes/${commande.id}/production`)).statusCode).toBe(404)
})

test('seven days after a file was taken, the key of the lot is destroyed, and the other file with it', async () => {
  const { commande, impression } = await printed('csv', 1)
  await take(impression.id)
  await ask(commande.id, 'pdf')
  await world.runJobs()
  const run = async (now: string) => {
    const at = new Date(now)
    await destroyLotKeys.run({ id: '0', payload: {}, now: at, today: now.slice(0, 10) }, worker)
  }
  const keys = async () => (await world.sql.query('select count(*)::int n from lot_cle where lot_id = $1', [commande.lot!.id])).rows[0].n
  await run('2026-03-17T07:59:59.000Z')
  expect(await keys()).toBe(1)
  expect(await read(commande.id)).toMatchObject({ cle: 'vivante', dateFinCle: '2026-03-17' })
  await run('2026-03-17T08:00:00.000Z')
  await run('2026-03-17T08:00:00.000Z')
  expect(await keys()).toBe(0)
  const { cle, impressions } = await read(commande.id)
  expect([cle, impressions.map(({ statut }) => statut)]).toEqual(['detruite', ['retiree', 'detruite']])
  expect((await take(impressions[1]!.id)).json()).toMatchObject({ code: 'impression_statut' })
  const left = readdirSync(join(world.deps.config.filesDir, 'impressions'))
  expect(left.filter((file) => impressions.some(({ id }) => file.startsWith(id)))).toEqual([])
  const { rows } = await world.sql.query(
    `select organisation_id, role from audit_event where action = 'job:destroy-lot-keys' and objet ->> 'lotId' = $1`,
    [commande.lot!.id],
  )
  expect(rows).toEqual([{ organisation_id: ORG.o1, role: 'operateur.systeme' }])
  // a lot whose file nobody took keeps its key
  expect((await world.sql.query('select count(*)::int n from lot_cle')).rows[0].n).toBeGreaterThan(0)
})
