import { afterAll, expect, test } from 'vitest'
import { CONVENTION, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { prepared, signAll, signed, TERMES } from '../../../test/conventions.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const draw = (id: string, version = 1, role: PersonKey = 'collectivite.lecteur') =>
  world.as(role).get(`/conventions/${id}/versions/${version}/convention.pdf`)
const textOf = async (id: string, version = 1, role?: PersonKey) =>
  (await readPdf((await draw(id, version, role)).rawPayload)).map(({ text }) => text).join('\n')

test('a brouillon is stamped PROJET on each page; a signed convention is not, and says who signed', async () => {
  const id = await prepared(world)
  const pages = await readPdf((await draw(id)).rawPayload)
  expect(pages.length).toBeGreaterThan(1)
  for (const { text } of pages) expect(text).toContain('PROJET')
  const text = pages.map((page) => page.text).join('\n')
  for (const words of [
    'Département de la Creuse, SIRET 222 300 010 00013',
    'Opérateur Modèle',
    'Du 01/03/2026 au 31/12/2027',
    '60 %, sans plafond',
    '120 000,00 €',
    'Personnes en recherche d’emploi',
    'Creuse (23)',
    'Bilan annuel 2026',
    'Nom, qualité, date et signature',
  ])
    expect(text).toContain(words)
  const signedText = await textOf(await signed(world))
  expect(signedText).not.toContain('PROJET')
  expect(signedText).toContain('Signé par Ada Martin le 10/03/2026')
})

test('an avenant prints what it changes, before and after; the former version prints its own rules', async () => {
  const id = await signed(world)
  const body = { objet: 'Allonger la tolérance.', ...TERMES, toleranceJours: 45, prolongations: [] }
  await world.as('collectivite.gestionnaire').post(`/conventions/${id}/versions`, body)
  const draft = await textOf(id, 2)
  for (const words of ['PROJET', 'Avenant n° 1', 'Allonger la tolérance.', 'Avant : 30 jours', 'Après : 45 jours'])
    expect(draft).toContain(words)
  await signAll(world, id, 2)
  const inForce = await textOf(id, 2)
  expect(inForce).not.toContain('PROJET')
  expect(inForce).toContain('En vigueur depuis le 10/03/2026')
  expect(await textOf(id, 1)).toContain('Remplacée le 10/03/2026')
})

test('the same document gives the same bytes; who reads no share prints none', async () => {
  const [one, two] = [await draw(CONVENTION.cv1), await draw(CONVENTION.cv1)]
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
  expect(one.headers['content-disposition']).toContain('convention-C-2026-001.pdf')
  expect(await textOf(CONVENTION.cv1, 1, 'operateur.support')).not.toContain('Qui finance')
  expect((await draw(CONVENTION.cv1, 1, 'autre:collectivite.lecteur')).statusCode).toBe(404)
  expect((await draw(CONVENTION.cv1, 1, 'structure.mediateur')).statusCode).toBe(403)
})
