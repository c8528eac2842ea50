import { parseCode } from '@pass/domain/codes.ts'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'
import { lookupOf, readQr } from '../../platform/codes.ts'

const world = await createWorld()
afterAll(() => world.close())

const print = (id: string, query = '') => world.as('operateur.gestionnaire').get(`/commandes/${id}/carnets.pdf${query}`)
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g

test('every QR of a printed carnet is read, signed, and says the code printed beside it, which is in the database', async () => {
  const commande = await commandeUpTo(world, 'en_production', { quantite: 2 })
  const response = await print(commande.id)
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'application/pdf'])
  const pages = await readPdf(response.rawPayload, { scan: (text) => text.includes('Pass 1 sur') })
  expect(pages).toHaveLength(4)
  for (const [cover, vouchers] of [pages.slice(0, 2), pages.slice(2)] as const) {
    const serie = /Carnet (PN.26-\d{7}-.)/.exec(cover!.text)![1]!
    expect(cover!.text).toContain('Département de la Creuse')
    expect(cover!.text).toContain('mercredi 31 mars 2027')
    expect(cover!.text).toContain('05 55 00 00 00')
    expect(cover!.text).toMatch(/Code de suivi.: [0-9A-Z]{6}\b/)
    const codes = vouchers!.text.match(CODE)!
    expect([codes.length, vouchers!.symbols.length]).toEqual([10, 10])
    for (const [i, { text, widthMm }] of vouchers!.symbols.entries()) {
      expect(widthMm).toBeGreaterThan(20)
      const payload = readQr(world.deps.secrets, text)!
      const typed = parseCode(codes[i]!)
      expect(typed).toEqual({ ok: true, code: payload.code })
      expect(payload).toMatchObject({ collectiviteId: ORG.t1, dateFin: '2027-03-31' })
      const { rows } = await world.sql.query('select p.id, c.serie from pass p join carnet c on c.id = p.carnet_id where p.lookup = $1', [
        lookupOf(world.deps.secrets, payload.code),
      ])
      expect(rows[0].id).toBe(String(payload.passId))
      expect(serie).toContain(String(rows[0].serie).slice(2))
      expect(Number(payload.passId % 10n)).toBe(i)
    }
  }
  const { rows } = await world.sql.query(
    `select utilisateur_id is not null as known from audit_event where action = 'drawCarnets' and objet ->> 'commandeId' = $1`,
    [commande.id],
  )
  expect(rows).toEqual([{ known: true }])
}, 60_000)

test('the same carnets at the same instant give the same bytes; a page of them can be asked for', async () => {
  const { id } = await commandeUpTo(world, 'en_production', { quantite: 3 })
  const [one, two] = [await print(id, '?de=2&nombre=1'), await print(id, '?de=2&nombre=1')]
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
  const pages = await readPdf(one.rawPayload)
  expect(pages).toHaveLength(2)
  expect((await print(id, '?nombre=21')).statusCode).toBe(400)
  expect((await print(id, '?de=4')).json().code).toBe('commande_statut')
})

test('carnets are printed once produced and while their key lives, by the operator alone', async () => {
  expect((await print(COMMANDE.maquette_validee)).json().code).toBe('commande_statut')
  const { id, lot } = await commandeUpTo(world, 'en_production', { quantite: 1 })
  await world.sql.query('delete from lot_cle where lot_id = $1', [lot!.id])
  const gone = await print(id)
  expect([gone.statusCode, gone.json().code, gone.headers['content-type']]).toEqual([
    409,
    'commande_statut',
    'application/problem+json; charset=utf-8',
  ])
  expect((await world.as('autre:operateur.gestionnaire').get(`/commandes/${COMMANDE.c1}/carnets.pdf`)).statusCode).toBe(404)
  for (const role of ['collectivite.administrateur', 'anct.pilote', 'operateur.support', 'structure.mediateur'] as const)
    expect((await world.as(role).get(`/commandes/${COMMANDE.c1}/carnets.pdf`)).statusCode).toBe(403)
})
