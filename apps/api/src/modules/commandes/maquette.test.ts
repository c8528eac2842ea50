import { afterAll, expect, test } from 'vitest'
import { COMMANDE } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

/** A grey point: the smallest PNG that there is. */
const LOGO = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='
const dress = (id: string, body: object) => world.as('operateur.gestionnaire').put(`/commandes/${id}/maquette/habillage`, body)
const draw = (id: string, who: Parameters<typeof world.as>[0] = 'collectivite.gestionnaire') =>
  world.as(who).get(`/commandes/${id}/maquette.pdf`)

test('the proof shows the carnet as it will be, every page marked, with no code that opens anything', async () => {
  const { id } = await commandeUpTo(world, 'signee')
  expect((await dress(id, { telephone: '0555112233', logo: LOGO })).json()).toMatchObject({ telephone: '05 55 11 22 33', aLogo: true })
  await world.as('operateur.gestionnaire').post(`/commandes/${id}/maquette`, { texte: 'Espaces publics numériques de la Creuse' })
  for (const who of ['collectivite.gestionnaire', 'operateur.gestionnaire'] as const) {
    const response = await draw(id, who)
    expect(response.statusCode).toBe(200)
    expect(response.rawPayload.toString('latin1')).toMatch(
      /\/Lang \(fr-FR\)[\s\S]*\/Subtype \/Image|\/Subtype \/Image[\s\S]*\/Lang \(fr-FR\)/,
    )
    const pages = await readPdf(response.rawPayload, { scan: () => true })
    expect(pages).toHaveLength(2)
    for (const { text } of pages) expect(text).toContain('SPÉCIMEN')
    expect(pages[0]!.text).toContain('05 55 11 22 33')
    expect(pages[0]!.text).toContain('Espaces publics numériques de la Creuse')
    expect(pages[0]!.text).toContain('mercredi 31 mars 2027')
    expect(pages[1]!.symbols.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => 'SPECIMEN'))
  }
  expect((await draw(id, 'autre:collectivite.gestionnaire')).statusCode).toBe(404)
  expect((await draw(id, 'anct.pilote')).statusCode).toBe(404)
}, 30_000)

test('the same proof at the same instant is the same bytes; the logo can be taken off, and stays otherwise', async () => {
  const { id } = await commandeUpTo(world, 'signee')
  await dress(id, { telephone: null, logo: LOGO })
  expect((await dress(id, { telephone: '3960' })).json()).toMatchObject({ telephone: '3960', aLogo: true })
  const [one, two] = [await draw(id), await draw(id)]
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
  expect((await dress(id, { telephone: null, logo: null })).json()).toMatchObject({ telephone: null, aLogo: false })
})

test('a telephone that is none, a program called a logo, a cover already answered: refused, nothing changes', async () => {
  const { id } = await commandeUpTo(world, 'signee')
  const refused = async (body: object) => {
    const response = await dress(id, body)
    return [response.statusCode, response.json().code]
  }
  expect(await refused({ telephone: 'appelez-nous' })).toEqual([400, 'maquette_invalide'])
  expect(await refused({ telephone: null, logo: Buffer.from('MZ program').toString('base64') })).toEqual([400, 'maquette_invalide'])
  expect(await refused({ telephone: null, logo: 'pas du base64 !' })).toEqual([400, 'demande_malformee'])
  expect((await world.as('operateur.gestionnaire').get(`/commandes/${id}/production`)).json()).toMatchObject({
    telephone: null,
    aLogo: false,
  })
  const late = await dress(COMMANDE.maquette_validee, { telephone: null })
  expect([late.statusCode, late.json().code]).toEqual([409, 'commande_statut'])
})
