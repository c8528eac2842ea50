import type pg from 'pg'
import { COMPTE_BANCAIRE, LIEU, ORG } from './ids.ts'
import { insert } from './insert.ts'

const place = (rank: keyof typeof LIEU, organisation: string, nom: string, commune: [string, string, string, string], publie: boolean) => ({
  organisation_id: organisation,
  id: LIEU[rank],
  nom,
  adresse: '1 place de la Mairie',
  code_postal: commune[2],
  commune: commune[0],
  nom_commune: commune[1],
  departement: commune[3],
  territoires: [`C${commune[0]}`, `D${commune[3]}`],
  latitude: 46.32,
  longitude: 1.9,
  telephone: '05 55 00 00 00',
  courriel: null,
  horaires: 'Mo-Fr 09:00-12:00,13:30-17:00',
  minutes_semaine: 1950,
  fuseau: 'Europe/Paris',
  publie,
})

const BONNAT: [string, string, string, string] = ['23025', 'Bonnat', '23220', '23']
const LENS: [string, string, string, string] = ['62498', 'Lens', '62300', '62']

/** The bank accounts of S1 and S9; S2 has none, on purpose. */
const seedAccounts = async (client: pg.ClientBase) => {
  const account = (organisation_id: string, id: string, titulaire: string) => ({
    organisation_id,
    id,
    iban: 'FR1420041010050500013M02606',
    iban_masque: 'FR14 •••• •••• •••• •••• ••02 606',
    bic: 'PSSTFRPPXXX',
    titulaire,
    statut: 'accepte',
    contact: 'tresorerie@exemple.fr',
    created_at: '2025-01-20T10:00:00+01:00',
    accepte_at: '2025-02-01T10:00:00+01:00',
  })
  await insert(client, 'compte_bancaire', [
    account(ORG.s1, COMPTE_BANCAIRE.s1, 'Tiers-lieu Le Chai'),
    account(ORG.s9, COMPTE_BANCAIRE.s9, 'Atelier Lointain'),
  ])
}

/** The few communes, the places L1–L4 (T1) and L9 (T2), their labels, services and bank accounts. */
export const seedPlaces = async (client: pg.ClientBase) => {
  await insert(client, 'departement', [
    { code: '23', nom: 'Creuse', region: '75', fuseau: 'Europe/Paris' },
    { code: '62', nom: 'Pas-de-Calais', region: '32', fuseau: 'Europe/Paris' },
    { code: '973', nom: 'Guyane', region: '03', fuseau: 'America/Cayenne' },
  ])
  await insert(client, 'commune', [
    { code: '23025', nom: 'Bonnat', recherche: 'bonnat', departement: '23', region: '75', codes_postaux: ['23220'], population: 1297 },
    { code: '23096', nom: 'Guéret', recherche: 'gueret', departement: '23', region: '75', codes_postaux: ['23000'], population: 12734 },
    { code: '62498', nom: 'Lens', recherche: 'lens', departement: '62', region: '32', codes_postaux: ['62300'], population: 32641 },
    { code: '97302', nom: 'Cayenne', recherche: 'cayenne', departement: '973', region: '03', codes_postaux: ['97300'], population: 63000 },
  ])
  await insert(client, 'lieu', [
    place('l1', ORG.s1, 'Le Chai', BONNAT, true),
    place('l2', ORG.s2, 'Espace Sans Compte', BONNAT, true),
    place('l3', ORG.s3, 'Espace Suspendu', BONNAT, false),
    place('l4', ORG.s4, 'Espace Hors Territoire', LENS, true),
    place('l9', ORG.s9, 'Atelier Lointain', LENS, true),
  ])
  const structures = [ORG.s1, ORG.s2, ORG.s3, ORG.s4, ORG.s9]
  const lieux = [LIEU.l1, LIEU.l2, LIEU.l3, LIEU.l4, LIEU.l9]
  await insert(
    client,
    'lieu_service',
    structures.flatMap((organisation_id, i) =>
      ['demarches_administratives', 'outils_quotidien'].map((theme) => ({
        organisation_id,
        lieu_id: lieux[i],
        theme,
        duree_minutes: 120,
        prix_pass: 1,
      })),
    ),
  )
  await insert(
    client,
    'labellisation',
    structures.map((organisation_id) => ({
      organisation_id,
      operateur_id: organisation_id === ORG.s9 ? ORG.o2 : ORG.o1,
      statut: organisation_id === ORG.s3 ? 'suspendu' : 'labellise',
      date_debut: '2025-01-01',
      date_fin: '2028-12-31',
      charte_version: '2025',
    })),
  )
  await seedAccounts(client)
}
