import { importAttributionRoutes } from '@pass/contracts/imports-attributions.ts'
import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ORG, SERIE, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { readTable } from '../../platform/tableur/read-table.ts'
import { csv, xlsx } from '../../platform/tableur/write-table.ts'
import { attributions } from './attribution-routes.ts'
import { importsAttributions } from './import-routes.ts'
import { distribution } from './routes.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const world = await createWorld({
  modules: [
    { routes: carnetRoutes, bind: distribution },
    { routes: attributionRoutes, bind: attributions },
    { routes: importAttributionRoutes, bind: importsAttributions },
  ],
})
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const stranger = world.as('autre:collectivite.gestionnaire')
const serie = (n: number) => formatSerie(serieK(n))
const upload = (octets: Uint8Array, { nom = 'mars.csv', type = 'text/csv', who = collectivite } = {}) =>
  who.post('/imports-attributions', Buffer.from(octets), { headers: { 'content-type': type, 'x-nom-fichier': encodeURIComponent(nom) } })
const HEADER = ['SIRET', 'Prescripteur', 'Premier numéro', 'Dernier numéro', 'Carnets']
const table = (...lines: string[][]) => csv([HEADER, ...lines])
const linesOf = async (id: string, query = '') => (await collectivite.get(`/imports-attributions/${id}/lignes${query}`)).json()
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const said = (text: string) => text.replaceAll('\u00a0', ' ')
const onTheWay = async () =>
  Number(
    (await world.sql.query(`select count(*) as n from carnet where destination_id is not null and collectivite_id = $1`, [ORG.t1])).rows[0]
      .n,
  )

test('the model names the prescripteurs of the territory, and reads back', async () => {
  const answer = await collectivite.get('/imports-attributions/modele.csv')
  const lignes = readTable({ type: 'text/csv', octets: answer.rawPayload })
  expect(lignes[0]!.cellules.map(({ texte }) => texte)).toEqual(HEADER)
  expect(lignes.map(({ cellules }) => cellules[1]!.texte)).toContain('CCAS de Bonnat')
})

test('a file is read line by line, every problem told, and nothing leaves', async () => {
  const before = await onTheWay()
  const answer = await upload(
    table(
      ['', 'CCAS de Bonnat', serie(8), serie(9), ''],
      ['', 'mission locale de la creuse', serie(9), '', '2'],
      ['', 'Inconnu', serie(10), '', ''],
      ['', 'CCAS de Bonnat', 'PN 26-0000010-A', '', ''],
      ['', 'CCAS de Bonnat', serie(11), '', '3'],
    ),
  )
  expect(answer.statusCode).toBe(201)
  const file = answer.json()
  expect(file).toMatchObject({ nom: 'mars.csv', statut: 'en_erreur', lignes: 5, fautes: 4, attributions: 0 })
  const { items, total } = await linesOf(file.id)
  expect(total).toBe(5)
  expect(items.map(({ numero, probleme }: { numero: number; probleme: string | null }) => [numero, probleme && said(probleme)])).toEqual([
    [2, null],
    [3, `Cette plage commence par ${said(serie(9))} et chevauche celle de la ligne 2.`],
    [4, 'Colonne « Prescripteur » : aucun prescripteur de votre territoire n’a ce nom.'],
    [5, expect.stringMatching(/^Colonne « Premier numéro » : /)],
    [6, `2 carnets sur 3 en réserve. Le premier à écarter : ${said(serie(12))}.`],
  ])
  expect((await linesOf(file.id, '?probleme=true')).total).toBe(4)
  expect((await linesOf(file.id, '?probleme=false')).items).toHaveLength(1)
  expect(refusalOf(await collectivite.post(`/imports-attributions/${file.id}/application`))).toEqual([409, 'import_statut'])
  expect(await onTheWay()).toBe(before)
})

test('the error file is the same file with its problems; corrected, it comes back', async () => {
  const { id } = (
    await upload(Buffer.from(`${HEADER.join(';')}\n;CCAS de Bonnat;${serie(8)};;\n;=1+1;${serie(9)};;\n`), { nom: 'avril.csv' })
  ).json()
  const answer = await collectivite.get(`/imports-attributions/${id}/problemes`)
  expect(answer.headers['content-disposition']).toContain('avril-problemes.csv')
  const back = readTable({ type: 'text/csv', octets: answer.rawPayload })
  expect(back[0]!.cellules.map(({ texte }) => texte)).toEqual([...HEADER, 'Problème'])
  expect(back.map(({ cellules }) => said(cellules[5]!.texte))).toEqual([
    'Problème',
    '',
    'Colonne « Prescripteur » : cette case est une formule. Remplacez-la par sa valeur.',
  ])
  // no cell of what we give back is a formula
  expect(back[2]!.cellules[1]).toEqual({ texte: "'=1+1", formule: false })
  const corrected = back.map(({ cellules }, i) => cellules.map(({ texte }, place) => (i === 2 && place === 1 ? 'CCAS de Bonnat' : texte)))
  expect((await upload(csv(corrected))).json()).toMatchObject({ statut: 'a_confirmer', lignes: 2, fautes: 0, carnets: 2 })
  const book = (await upload(xlsx(corrected), { nom: 'avril.xlsx', type: XLSX })).json()
  expect(book).toMatchObject({ statut: 'a_confirmer', carnets: 2 })
  const problems = await collectivite.get(`/imports-attributions/${book.id}/problemes`)
  expect(readTable({ type: XLSX, octets: problems.rawPayload })[0]!.cellules).toHaveLength(6)
})

test.each([
  [
    'wrong columns',
    csv([
      ['SIRET', 'Premier numéro', 'Code'],
      ['1', '2', '3'],
    ]),
    'import_illisible',
    /^Ligne 1, colonne C : « Code »/,
  ],
  ['only a header', csv([HEADER]), 'import_illisible', /que sa première ligne/],
  [
    'two codings of accents',
    Buffer.concat([Buffer.from('Prescripteur;Premier numéro\n'), Buffer.from('Bénévent;x\n', 'latin1')]),
    'import_illisible',
    /^Ligne 2, colonne A : les accents/,
  ],
  ['a program', Buffer.from('MZ\u0000\u0001'), 'piece_type', /n’est pas lisible/],
  ['a PDF', Buffer.from('%PDF-1.7\n%%EOF'), 'piece_type', /n’est pas lisible/],
])('%s: 400 in words, and no file is kept', async (_, octets, code, message) => {
  const count = async () => (await collectivite.get('/imports-attributions')).json().total
  const before = await count()
  const answer = await upload(octets)
  expect(refusalOf(answer)).toEqual([400, code])
  expect(said(answer.json().message)).toMatch(message)
  expect(await count()).toBe(before)
})

test('applied, all of the lines leave: one attribution a prescripteur, and once only', async () => {
  const { id } = (
    await upload(
      table(
        ['', 'CCAS de Bonnat', serie(8), serie(9), ''],
        ['', 'Mission locale de la Creuse', serie(10), '', ''],
        ['', 'CCAS de Bonnat', serie(11), '', ''],
      ),
    )
  ).json()
  const both = await Promise.all([1, 2].map(() => collectivite.post(`/imports-attributions/${id}/application`)))
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect((await collectivite.get(`/imports-attributions/${id}`)).json()).toMatchObject({ statut: 'applique', attributions: 2 })
  const { items } = (await collectivite.get('/attributions')).json()
  expect(items.slice(0, 2)).toMatchObject([
    { destinataire: { id: ORG.p2 }, carnets: 1 },
    { destinataire: { id: ORG.p1 }, carnets: 3, nombrePlages: 2 },
  ])
  const told = await world.sql.query(
    `select count(*)::int as n from notification where code = 'attribution_envoyee' and organisation_id = $1`,
    [ORG.p1],
  )
  expect(told.rows[0].n).toBeGreaterThan(0)
})

test('the stock moved since the file was read: nothing leaves, and the line is told', async () => {
  const { id } = (await upload(table(['', 'CCAS de Bonnat', serie(13), serie(14), ''], ['', 'CCAS de Bonnat', serie(15), '', '']))).json()
  await collectivite.post('/attributions', { prescripteurId: ORG.p2, premier: serie(14), carnets: 1 })
  const answer = await collectivite.post(`/imports-attributions/${id}/application`)
  expect([answer.statusCode, answer.json().statut, answer.json().fautes]).toEqual([200, 'en_erreur', 1])
  expect(said(answer.json().message)).toContain('rien n’a été attribué')
  const { rows } = await world.sql.query(`select count(*)::int as n from carnet where serie in ($1, $2) and destination_id is not null`, [
    serieK(13),
    serieK(15),
  ])
  expect(rows[0].n).toBe(0)
  expect(said((await linesOf(id, '?probleme=true')).items[0].probleme)).toContain(said(serie(14)))
})

test('more carnets than a file may send: the line that goes over is told, and nothing is looked for', async () => {
  const file = (await upload(table(['', 'CCAS de Bonnat', serie(15), '', ''], ['', 'CCAS de Bonnat', serie(16), '', '200000']))).json()
  expect(file).toMatchObject({ statut: 'en_erreur', fautes: 1 })
  expect(said((await linesOf(file.id, '?probleme=true')).items[0].probleme)).toBe(
    'Un fichier attribue 200 000 carnets au plus. Découpez-le en plusieurs fichiers.',
  )
})

test('another collectivité sees nothing of it', async () => {
  const { id } = (await upload(table(['', 'CCAS de Bonnat', serie(15), '', '']))).json()
  for (const path of ['', '/lignes', '/problemes']) expect((await stranger.get(`/imports-attributions/${id}${path}`)).statusCode).toBe(404)
  expect((await stranger.post(`/imports-attributions/${id}/application`)).statusCode).toBe(404)
  // its own prescripteurs and reserve alone
  const theirs = (await upload(table(['', 'CCAS de Bonnat', serie(15), '', '']), { who: stranger })).json()
  expect(theirs).toMatchObject({ statut: 'en_erreur', fautes: 1 })
  expect((await upload(table(), { who: world.as('collectivite.lecteur') })).statusCode).toBe(403)
})

test('a large file is read by a job and applied by a job, whole; a job that runs twice sends nothing twice', async () => {
  const N = 6000
  const premiere = SERIE.l1 + 100_000
  await world.sql.query(
    `with lot_ as (
       insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin)
       select collectivite_id, uuidv7(), (select id from commande where collectivite_id = l.collectivite_id and statut = 'expediee'), convention_id, operateur_id, $2::int, 10, 1000,
              $1::bigint, $1::bigint + $2::int - 1, date_fin from lot l where serie_premiere = $3 returning *)
     insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, statut, taille, date_fin, livre_at)
     select collectivite_id, serie_premiere + i, id, convention_id, operateur_id, 'livre', 10, date_fin, now() from lot_ cross join generate_series(0, $2::int - 1) i`,
    [premiere, N, SERIE.l1],
  )
  const lines = Array.from({ length: N }, (_, i) => [
    '',
    i % 2 ? 'CCAS de Bonnat' : 'Mission locale de la Creuse',
    formatSerie(premiere + i),
    '',
    '',
  ])
  const octets = table(...lines)
  expect(octets.length).toBeGreaterThan(128 * 1024)
  const file = (await upload(octets)).json()
  expect(file).toMatchObject({ statut: 'a_lire', lignes: 0 })
  await world.runJobs()
  expect((await collectivite.get(`/imports-attributions/${file.id}`)).json()).toMatchObject({
    statut: 'a_confirmer',
    lignes: N,
    fautes: 0,
    carnets: N,
  })
  expect((await collectivite.post(`/imports-attributions/${file.id}/application`)).json()).toMatchObject({ statut: 'en_cours' })
  await world.runJobs()
  await world.runJobs()
  expect((await collectivite.get(`/imports-attributions/${file.id}`)).json()).toMatchObject({ statut: 'applique', attributions: 2 })
  const { rows } = await world.sql.query(
    `select destination_id = $3 as pair, count(*)::int as n from carnet where serie between $1 and $2 group by 1 order by 1`,
    [premiere, premiere + N - 1, ORG.p2],
  )
  expect(rows).toEqual([
    { pair: false, n: N / 2 },
    { pair: true, n: N / 2 },
  ])
  const moves = await world.sql.query(
    `select count(*)::int as n, sum(carnets)::int as carnets from mouvement where serie_premiere between $1 and $2`,
    [premiere, premiere + N - 1],
  )
  expect(moves.rows).toEqual([{ n: N, carnets: N }])
}, 120_000)

test('a large file that is no table of ours says why, once the job has looked', async () => {
  const octets = csv([['Code', 'Nom'], ...Array.from({ length: 20_000 }, (_, i) => [String(i), 'x'.repeat(20)])])
  const file = (await upload(octets)).json()
  await world.runJobs()
  const read = (await collectivite.get(`/imports-attributions/${file.id}`)).json()
  expect(read.statut).toBe('illisible')
  expect(said(read.message)).toMatch(/^Ligne 1, colonne A : « Code »/)
}, 60_000)
