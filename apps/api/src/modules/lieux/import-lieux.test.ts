import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedReferentiels } from '../../../../../prisma/seed/referentiels/main.ts'
import { createWorld } from '../../../test/world.ts'
import { BadInput } from '../../platform/cli.ts'
import { openDeps } from '../../platform/process.ts'
import { accountLines, importLieux } from './import-lieux.ts'
import { COLUMNS } from './read-places-file.ts'

const FILE = fileURLToPath(new URL('../../../../../prisma/seed/volume/france-services.csv', import.meta.url))
const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url))
const world = await createWorld({ modules: [], prepare: seedReferentiels })
const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'import', statementTimeout: 60_000, max: 2 })
const folder = mkdtempSync(join(tmpdir(), 'lieux-'))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await worker.close()
  await world.close()
})

const one = async <T>(text: string): Promise<T> => Object.values((await world.sql.query(text)).rows[0])[0] as T
const write = (name: string, content: string | Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const GOOD = {
  id_fs: '9001',
  lib_fs: 'France services d’Essai',
  adresse: '1 rue Haute',
  complement_adresse: '',
  insee_com: '23096',
  code_postal: '23000',
  lib_com: 'Guéret',
  latitude: '46.17',
  longitude: '1.87',
  mail: 'essai@exemple.fr',
  telephone: '05 55 00 00 00',
  h_lundi: '09:00 - 12:00 / 13:30 - 17:00',
  h_mardi: '',
  h_mercredi: '',
  h_jeudi: '',
  h_vendredi: '',
  h_samedi: '',
  itinerance: 'Non',
}
const csv = (rows: Partial<typeof GOOD>[]) =>
  [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => `"${{ ...GOOD, ...row }[column]}"`).join(','))].join('\n')

let first: Awaited<ReturnType<typeof importLieux>>
beforeAll(async () => {
  first = await importLieux(worker, FILE)
}, 60_000)

test('the State’s list: every line read is made or refused, and each refusal names its line, column, value and reason', async () => {
  expect(first).toMatchObject({ lues: 2683, creees: 2657, modifiees: 0, inchangees: 0, refusees: 26 })
  expect(await one<string>(`select count(*) from lieu where source = 'france-services'`)).toBe('2657')
  expect(first.refus).toHaveLength(26)
  expect(new Set(first.refus.map(({ colonne, raison }) => `${colonne} ${raison}`))).toEqual(new Set(['insee_com La commune manque.']))
  expect(accountLines(first)[0]).toBe('2683 lues')
})

test('a second run of the same file changes nothing', async () => {
  const versions = `select md5(string_agg(l.xmin::text || l.id, ',' order by l.id)) from lieu l`
  const before = await one<string>(versions)
  expect(await importLieux(worker, FILE)).toMatchObject({ lues: 2683, creees: 0, modifiees: 0, inchangees: 2657, refusees: 26 })
  expect(await one<string>(versions)).toBe(before)
}, 60_000)

test('imported places wait for their label, and belong to the network', async () => {
  expect(await one<boolean>(`select bool_or(publie) from lieu where source = 'france-services'`)).toBe(false)
  expect(
    await one<string>(
      `select string_agg(distinct o.nom, ',') from lieu l join organisation o on o.id = l.organisation_id where l.source is not null`,
    ),
  ).toBe('Réseau France services')
})

test('day columns become opening hours with their minutes a week, and the place carries its territories and its zone', async () => {
  const { rows } = await world.sql.query(
    `select horaires, minutes_semaine, territoires, fuseau from lieu where source_id in ('1', '435') or (source = 'france-services' and departement = '974') order by length(source_id), source_id limit 3`,
  )
  expect(rows[0]).toEqual({
    horaires: 'Mo-Th 09:00-12:00,13:30-17:00; Fr 09:00-12:00,13:30-16:00',
    minutes_semaine: 4 * 390 + 330,
    territoires: ['C01033', 'E240100891', 'D01', 'R84'],
    fuseau: 'Europe/Paris',
  })
  expect(await one<string>(`select string_agg(distinct fuseau, ',') from lieu where departement = '974'`)).toBe('Indian/Reunion')
})

test('an arrondissement or a merged commune is found by its postal code, and said', async () => {
  expect(await one<string>(`select commune from lieu where source_id = '435'`)).toBe('75056')
  expect(await one<string>(`select commune from lieu where source_id = '1679'`)).toBe('93066')
  expect(await one<string>(`select commune from lieu where source_id = '280'`)).toBe('49126')
  expect(await one<string>(`select commune from lieu where source_id = '2004'`)).toBe('48148')
  expect(first.avertissements.filter(({ colonne }) => colonne === 'insee_com')).toHaveLength(28)
  expect(first.avertissements.filter(({ colonne }) => colonne === 'latitude')).toHaveLength(4)
})

test('the import is journaled as the ANCT', async () => {
  const { rows } = await world.sql.query(
    `select distinct organisation_type, role, statut from audit_event where action = 'job:lieux-import' and objet <> '{}'`,
  )
  expect(rows).toEqual([{ organisation_type: 'anct', role: 'anct.systeme', statut: 200 }])
})

test('bad lines are refused one by one, doubtful cells are told, the rest is imported', async () => {
  const file = write(
    'mauvaises.csv',
    `${csv([
      { insee_com: '99999', code_postal: '99999', lib_com: 'Nulle-Part' },
      { id_fs: '9002', latitude: '146.2', h_lundi: '09:00 - 25:00', mail: 'pas un courriel' },
      { id_fs: '9003', lib_fs: '  ' },
      { id_fs: '' },
      { id_fs: '9004', adresse: 'Bâtiment A\n2 rue Basse', h_mardi: '14:00 - 09:00' },
      { id_fs: '9002', lib_fs: 'Encore' },
      { id_fs: '9005', latitude: '', longitude: '', itinerance: 'Oui' },
    ])}\n"9006","trop court"\n`,
  )
  const account = await importLieux(worker, file)
  expect(account).toMatchObject({ lues: 8, creees: 3, modifiees: 0, inchangees: 0, refusees: 5 })
  expect(account.refus.map(({ ligne, colonne, valeur }) => [ligne, colonne, valeur])).toEqual([
    [2, 'insee_com', '99999'],
    [4, 'lib_fs', ''],
    [5, 'id_fs', ''],
    [8, 'id_fs', '9002'],
    [10, '', '2 cellules'],
  ])
  expect(account.avertissements.map(({ ligne, colonne, valeur }) => [ligne, colonne, valeur])).toEqual([
    [3, 'mail', 'pas un courriel'],
    [3, 'latitude', '146.2'],
    [3, 'h_lundi', '09:00 - 25:00'],
    [6, 'h_mardi', '14:00 - 09:00'],
    [9, 'latitude', ''],
  ])
  expect(await one<number | null>(`select latitude from lieu where source_id = '9002'`)).toBeNull()
  expect(await one<boolean>(`select itinerant from lieu where source_id = '9005'`)).toBe(true)
})

test('a line that changed is changed, and keeps its owner and its publication', async () => {
  await importLieux(worker, write('avant.csv', csv([{ id_fs: '9100' }])))
  await world.sql.query(`update lieu set publie = true where source_id = '9100'`)
  const account = await importLieux(worker, write('apres.csv', csv([{ id_fs: '9100', lib_fs: 'Nouveau nom' }])))
  expect(account).toMatchObject({ lues: 1, creees: 0, modifiees: 1, inchangees: 0, refusees: 0 })
  expect((await world.sql.query(`select nom, publie from lieu where source_id = '9100'`)).rows).toEqual([
    { nom: 'Nouveau nom', publie: true },
  ])
})

test.each([
  ['introuvable', () => join(folder, 'rien.csv'), /introuvable/],
  ['a folder', () => folder, /n’est pas un fichier/],
  ['empty', () => write('vide.csv', ''), /vide/],
  ['another list', () => write('autre.csv', 'nom,ville\na,b\n'), /n’est pas la liste/],
  ['a column missing', () => write('colonne.csv', csv([{}]).replace('insee_com', 'insee')), /insee_com/],
  ['in Latin-1', () => write('latin1.csv', Buffer.from(csv([{ lib_com: 'Guéret' }]), 'latin1')), /UTF-8/],
  ['in Latin-1 at its last line', () => write('fin.csv', Buffer.concat([Buffer.from(csv([{}])), Buffer.from([10, 0xe9])])), /UTF-8/],
  ['a quote left open', () => write('guillemet.csv', `${csv([{}])}\n"9300","sans fin`), /guillemet/],
  ['over 20 MiB', () => write('gros.csv', Buffer.alloc(20 * 1024 * 1024 + 1, 'a')), /20 Mo/],
])('a file that is %s is refused in one sentence and nothing changes', async (_, file, sentence) => {
  const before = await one<string>('select count(*) from lieu')
  const refused = await importLieux(worker, file()).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(BadInput)
  expect((refused as BadInput).message).toMatch(sentence)
  expect(await one<string>('select count(*) from lieu')).toBe(before)
})

const cli = (...args: string[]) => {
  const { appUrl, workerUrl } = world.urls
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'lieux', 'import', ...args], {
    encoding: 'utf8',
    env: { DATABASE_URL: appUrl, DATABASE_WORKER_URL: workerUrl, SECRETS_DIR: world.deps.config.secretsDir },
  })
  return { status, stdout, stderr: stderr.trim() }
}

test('the command prints the account, its progress apart, and writes the report', () => {
  const rapport = join(folder, 'rapport.csv')
  const { status, stdout, stderr } = cli(FILE, '--rapport', rapport)
  expect(status).toBe(0)
  expect(stdout.replaceAll('\u00a0', ' ').split('\n').slice(0, 5)).toEqual([
    '2683 lues',
    '  0 créée',
    '  0 modifiée',
    '  2 657 inchangées',
    '  26 refusées',
  ])
  expect(stderr.split('\n').at(-1)).toBe('2\u00a0657 lieux sur 2\u00a0657')
  expect(readFileSync(rapport, 'utf8')).toContain('2508,refusée,insee_com,,La commune manque.')
}, 30_000)

test('the command answers JSON alone when asked, and one sentence with exit code 2 to a file that is not one', () => {
  const { status, stdout, stderr } = cli(FILE, '--json')
  const { refus, avertissements, ...counts } = JSON.parse(stdout)
  expect([status, stderr, counts, refus.length]).toEqual([
    0,
    '',
    { lues: 2683, creees: 0, modifiees: 0, inchangees: 2657, refusees: 26 },
    26,
  ])
  expect(avertissements).toHaveLength(39)
  expect(cli(join(folder, 'rien.csv'))).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^Le fichier «.+» est introuvable ou illisible\.$/),
  })
}, 30_000)

test('the file of the seed is the one published', () => expect(readFileSync(FILE, 'utf8').split('\n')[1]).toContain('Valserhône'))
