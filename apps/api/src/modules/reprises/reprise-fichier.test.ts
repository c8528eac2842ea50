import { repriseRoutes } from '@pass/contracts/reprises.ts'
import { afterAll, expect, test } from 'vitest'
import { balances } from '../../../test/counter.ts'
import { codesOf, handed, HEADER, type Line, refusalOf, said, SIRET, table, takeOver } from '../../../test/take-over.ts'
import { createWorld } from '../../../test/world.ts'
import { readTable } from '../../platform/tableur/read-table.ts'
import { csv, xlsx } from '../../platform/tableur/write-table.ts'
import { reprises } from './routes.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const world = await createWorld({ modules: [{ routes: repriseRoutes, bind: reprises }] })
afterAll(() => world.close())
const { operateur, open, deposit, prove, apply, linesOf } = await takeOver(world)

test('every line says what is wrong in it, by its column, and no code is repeated; nothing is decided then', async () => {
  const id = await open()
  const answer = await deposit(
    id,
    table(
      ['A1', 'ANC-000-001', 'Non utilisé'],
      ['A1', 'anc 000 001', 'Non utilisé'],
      ['A2', 'K7M2-QX9T-B4RS', 'Non utilisé'],
      ['A3', 'ANC000003', 'perdu'],
      ['A4', 'ANC000004', 'Non utilisé', '31/02/2026'],
      ['A5', 'ANC000005', 'Non utilisé', '30/06/2026', '12/01/2026'],
      ['A6', 'ANC000006', 'Non utilisé', '30/06/2026', '', '11111111111111'],
      ['A1', 'ANC000007', 'Non utilisé', '31/07/2026'],
      ['A8', 'ANC000008', 'Non utilisé', '30/06/2026', '01/04/2026', SIRET],
    ),
  )
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({ statut: 'en_erreur', lignes: 9, fautes: 8, honores: 0, montantCentimes: 0 })
  const { items } = await linesOf(id)
  expect(items.map(({ numero, probleme }: { numero: number; probleme: string | null }) => [numero, probleme && said(probleme)])).toEqual([
    [2, null],
    [3, 'Ce code de pass est déjà à la ligne 2.'],
    [4, 'Colonne « Code du pass » : 12 caractères : c’est la forme de nos propres pass. Relisez le code.'],
    [5, 'Colonne « État » : indiquez « Non utilisé », « Utilisé » ou « Impayé ».'],
    [6, 'Colonne « Fin de validité » : indiquez une date. Exemple : 31/12/2026.'],
    [7, 'Colonne « SIRET du prescripteur » : un carnet remis à une personne nomme le prescripteur qui l’a remis.'],
    [8, 'Colonne « SIRET du prescripteur » : aucun prescripteur inscrit n’a ce SIRET.'],
    [9, 'Colonne « Fin de validité » : autre valeur qu’à la ligne 2, pour le même carnet.'],
    [10, 'Colonne « Remis le » : cette date n’est pas encore passée.'],
  ])
  expect((await linesOf(id, '?decision=probleme')).total).toBe(8)
  await prove(id)
  expect(refusalOf(await apply(id))).toEqual([409, 'reprise_statut'])
})

test('wrong columns, formulas, a file of one line, a program: refused in a sentence, nothing left', async () => {
  const id = await open()
  const wrong = async (octets: Uint8Array | Buffer) => {
    const answer = await deposit(id, octets)
    return [answer.statusCode, answer.json().code, said(answer.json().message)]
  }
  expect(
    await wrong(
      csv([
        ['Numéro du carnet', 'Pass'],
        ['A', 'B'],
      ]),
    ),
  ).toEqual([400, 'import_illisible', expect.stringMatching(/^Ligne 1, colonne B : /)])
  expect(await wrong(csv([HEADER.slice(0, 3), ['A', 'B', 'C']]))).toEqual([
    400,
    'import_illisible',
    expect.stringContaining('« Fin de validité »'),
  ])
  expect(await wrong(csv([HEADER]))).toEqual([400, 'import_illisible', expect.stringContaining('première ligne')])
  expect((await wrong(Buffer.from('MZ\u0000\u0001')))[1]).toBe('piece_type')
  expect((await operateur.get(`/reprises/${id}`)).json()).toMatchObject({ statut: 'ouverte', lignes: 0 })
  await deposit(id, Buffer.from(`${HEADER.slice(0, 4).join(';')}\nA1;=1+1;Non utilisé;30/06/2026\n`))
  expect(said((await linesOf(id)).items[0].probleme)).toBe(
    'Colonne « Code du pass » : cette case est une formule. Remplacez-la par sa valeur.',
  )
})

test('each pass is honoured or refused by rule, with its reason: state, dates, proof', async () => {
  const id = await open()
  const [a, b, c, d, e, f] = codesOf(6) as [string, string, string, string, string, string]
  await deposit(
    id,
    table(
      handed('B1', a),
      handed('B1', b, 'Utilisé'),
      handed('B1', c, 'Impayé'),
      ['B2', d, 'Non utilisé', '07/02/2026'],
      ['B3', e, 'Non utilisé', '31/12/2028'],
      ['B4', f, 'Non utilisé', '30/06/2026', '', '', ''],
    ),
  )
  const motifs = async () => (await linesOf(id)).items.map(({ motif }: { motif: string | null }) => motif)
  expect(await motifs()).toEqual([null, 'deja_utilise', 'impaye', 'expire', 'validite_trop_longue', 'preuve_absente'])
  expect((await operateur.get(`/reprises/${id}`)).json()).toMatchObject({
    statut: 'a_confirmer',
    carnets: 1,
    honores: 1,
    refuses: 5,
    montantCentimes: 1000,
  })
  // the last day accepted is the end of validity and the tolerance of 30 days: 8 February is today's last chance
  await deposit(id, table(['B2', d, 'Non utilisé', '07/02/2026'], ['B5', a, 'Non utilisé', '08/02/2026']))
  expect(await motifs()).toEqual(['expire', null])
  const file = await operateur.get(`/reprises/${id}/decisions.csv`)
  const rows = readTable({ type: 'text/csv', octets: file.rawPayload }).map(({ cellules }) => said(cellules[5]!.texte))
  expect(rows).toEqual(['Décision', 'Sa validité est passée, tolérance comprise', 'Honoré jusqu’au 08/02/2026'])
})

test('the funds cover whole carnets, in the order of the file; a smaller one may still be covered', async () => {
  const fonds = (await balances(world)).fonds!
  const pass = fonds / 1000
  const id = await open()
  const lines: Line[] = []
  for (let k = 0; k * 9 < pass - 9; k++) for (const code of codesOf(9)) lines.push([`C${k}`, code, 'Non utilisé'])
  const left = pass - lines.length
  for (const code of codesOf(10)) lines.push(['CBIG', code, 'Non utilisé'])
  lines.push(['CSMALL', codesOf(1)[0]!, 'Non utilisé'])
  await deposit(
    id,
    xlsx([HEADER.slice(0, 4).concat('Preuve'), ...lines.map(([serie, code, etat]) => [serie, code, etat, '2026-06-30', 'Page 2'])]),
    { nom: 'c.xlsx', type: XLSX },
  )
  const refused = await linesOf(id, '?decision=refuse')
  expect(left).toBeLessThan(10)
  expect(new Set(refused.items.map(({ serie, motif }: { serie: string; motif: string }) => `${serie} ${motif}`))).toEqual(
    new Set(['CBIG couverture_insuffisante']),
  )
  expect(refused.total).toBe(10)
})

test('a file too long is told by the job that reads it: what waited is sealed, then gone', async () => {
  const id = await open()
  const many = Buffer.from(`${HEADER.slice(0, 4).join(';')}\n${'A;SECRET001;Non utilisé;30/06/2026\n'.repeat(100_001)}`)
  expect((await deposit(id, many)).json()).toMatchObject({ statut: 'a_lire' })
  const kept = (await world.sql.query<{ contenu: Buffer }>('select contenu from reprise where id = $1', [id])).rows[0]!.contenu
  expect([kept.length > many.length, kept.includes('SECRET001')]).toEqual([true, false])
  await world.runJobs()
  const answer = (await operateur.get(`/reprises/${id}`)).json()
  expect(answer).toMatchObject({ statut: 'en_erreur', lignes: 0, message: expect.stringContaining('100 000 lignes') })
  expect((await world.sql.query('select contenu from reprise where id = $1', [id])).rows[0].contenu).toBeNull()
  expect((await deposit(id, table(handed('A1', codesOf(1)[0]!)))).json()).toMatchObject({ statut: 'a_confirmer' })
})
