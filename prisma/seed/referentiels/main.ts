import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import { rechercheDe } from '../../../packages/domain/src/recherche.ts'

type Zone = { code: string; nom: string; region?: string }
type Commune = Zone & { type: string; departement: string; codesPostaux?: string[]; population?: number }
type Epci = { code: string; nom: string; membres: { code: string }[] }

/** Legal days are Paris days; the day and half day of an atelier are those of its place. */
const FUSEAUX: Record<string, string> = {
  '971': 'America/Guadeloupe',
  '972': 'America/Martinique',
  '973': 'America/Cayenne',
  '974': 'Indian/Reunion',
  '975': 'America/Miquelon',
  '976': 'Indian/Mayotte',
  '977': 'America/St_Barthelemy',
  '978': 'America/Marigot',
  '986': 'Pacific/Wallis',
  '987': 'Pacific/Tahiti',
  '988': 'Pacific/Noumea',
}

/** Owner of the places imported from the State's open list: none of them has a SIRET, their structures claim them later. */
export const RESEAU = { id: '0192d1c0-0000-7000-8000-d00000000f50', nom: 'Réseau France services' } as const

const require = createRequire(import.meta.url)
const FOLDER = dirname(require.resolve('@etalab/decoupage-administratif/package.json'))

const file = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, 'data', `${name}.json`), 'utf8'))

const seedDepartements = (client: pg.ClientBase, rows: Zone[]) =>
  client.query(
    `insert into departement (code, nom, region, fuseau)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
     on conflict (code) do update set nom = excluded.nom, region = excluded.region, fuseau = excluded.fuseau`,
    [
      rows.map(({ code }) => code),
      rows.map(({ nom }) => nom),
      rows.map(({ code, region }) => region ?? code),
      rows.map(({ code }) => FUSEAUX[code] ?? 'Europe/Paris'),
    ],
  )

const seedEpci = (client: pg.ClientBase, rows: Epci[]) =>
  client.query(
    `insert into epci (code, nom) select * from unnest($1::text[], $2::text[])
     on conflict (code) do update set nom = excluded.nom`,
    [rows.map(({ code }) => code), rows.map(({ nom }) => nom)],
  )

const seedCommunes = (client: pg.ClientBase, rows: Commune[], epciOf: ReadonlyMap<string, string>) =>
  client.query(
    `insert into commune (code, nom, recherche, departement, region, epci, codes_postaux, population)
     select code, nom, recherche, departement, region, epci, coalesce(string_to_array(nullif(codes, ''), ' '), '{}'), population
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[])
         as t(code, nom, recherche, departement, region, epci, codes, population)
     on conflict (code) do update set nom = excluded.nom, recherche = excluded.recherche, departement = excluded.departement,
       region = excluded.region, epci = excluded.epci, codes_postaux = excluded.codes_postaux, population = excluded.population`,
    [
      rows.map(({ code }) => code),
      rows.map(({ nom }) => nom),
      rows.map(({ nom }) => rechercheDe(nom)),
      rows.map(({ departement }) => departement),
      rows.map(({ region, departement }) => region ?? departement),
      rows.map(({ code }) => epciOf.get(code) ?? null),
      rows.map(({ codesPostaux = [] }) => codesPostaux.join(' ')),
      rows.map(({ population = 0 }) => population),
    ],
  )

/**
 * The official geographic code (départements, EPCI, communes in force) and the owner of imported places, as `migrator`.
 * Idempotent: rows already there, the base seed's included, are brought up to date.
 */
export const seedReferentiels = async (client: pg.ClientBase): Promise<void> => {
  const communes = (file('communes') as Commune[]).filter(({ type }) => type === 'commune-actuelle')
  const epci = file('epci') as Epci[]
  await client.query('begin')
  await seedDepartements(client, file('departements') as Zone[])
  await seedEpci(client, epci)
  await seedCommunes(client, communes, new Map(epci.flatMap(({ code, membres }) => membres.map((membre) => [membre.code, code] as const))))
  await client.query(`insert into organisation (id, type, nom) values ($1, 'structure', $2) on conflict (id) do nothing`, [
    RESEAU.id,
    RESEAU.nom,
  ])
  await client.query('commit')
}
