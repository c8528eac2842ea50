import pg from 'pg'
import { hashPassword } from '../../../apps/api/src/platform/auth/passwords.ts'
import { loadSecrets, type Secrets } from '../../../apps/api/src/platform/secrets.ts'
import { seedAcces } from './acces.ts'
import { seedCommandes } from './commandes.ts'
import { seedCreneaux } from './creneaux.ts'
import { seedVersions } from './versions.ts'
import { seedEcheances } from './echeances.ts'
import { seedFinancement } from './financement.ts'
import { seedGuichet } from './guichet.ts'
import { seedImports } from './imports.ts'
import { seedBanque } from './banque.ts'
import { seedPaiements } from './paiements.ts'
import {
  CANARI,
  ACTE,
  ACTIVATION,
  ATELIER,
  ATTRIBUTION,
  BENEFICIAIRE,
  BORDEREAU,
  CARNET,
  COMMANDE,
  COMPTE_BANCAIRE,
  CONVENTION,
  LIEU,
  LOT,
  ORG,
  PEOPLE,
  PRESCRIPTION,
  SERIE,
} from './ids.ts'
import { seedReprises } from './reprises.ts'
import { seedOppositions } from './oppositions.ts'
import { seedLivres } from './livres.ts'
import { seedProduction } from './production.ts'
import { PASSWORD, seedPeople } from './people.ts'
import { seedPlaces } from './places.ts'
import { seedCarnet, seedLot, type Tenant } from './tenant.ts'
import { seedUses } from './uses.ts'

const T1: Tenant = {
  lot: 'l1',
  collectivite: ORG.t1,
  operateur: ORG.o1,
  convention: CONVENTION.cv1,
  commande: COMMANDE.c1,
  lotId: LOT.l1,
  activation: ACTIVATION.a1,
  serie: SERIE.l1,
  quantite: 20,
  actifs: 12,
  recuCentimes: 150_000,
}
const T2: Tenant = {
  lot: 'l9',
  collectivite: ORG.t2,
  operateur: ORG.o2,
  convention: CONVENTION.cv2,
  commande: COMMANDE.c9,
  lotId: LOT.l9,
  activation: ACTIVATION.a9,
  serie: SERIE.l9,
  quantite: 5,
  actifs: 5,
  recuCentimes: 60_000,
}
const MEDIATEUR = PEOPLE['structure.mediateur'].utilisateurId
const MEDIATEUR_9 = PEOPLE['autre:structure.mediateur'].utilisateurId

/** K1 and K2 handed over; 3, 4 in stock at P1; 5, 6 in transit to it; 7 lost; 12 at P2; 8–11 in reserve; 13–18 not active; 19 missing; 20 cancelled. */
const custodyOfT1 = (n: number): Record<string, string | null> => {
  if (n <= 2)
    return {
      statut: 'remis',
      prescripteur: ORG.p1,
      beneficiaire: n === 1 ? BENEFICIAIRE.b1 : BENEFICIAIRE.b2,
      publicId: n === 1 ? CARNET.k1 : CARNET.k2,
    }
  if (n <= 4) return { statut: 'attribue', prescripteur: ORG.p1, ...(n === 3 && { publicId: CARNET.k3 }) }
  if (n <= 6) return { statut: 'livre', destination: ORG.p1 }
  if (n === 7) return { statut: 'bloque', avant: 'attribue', motif: 'perdu', prescripteur: ORG.p1 }
  if (n === 12) return { statut: 'attribue', prescripteur: ORG.p2 }
  if (n === 19) return { statut: 'bloque', avant: 'expedie', motif: 'controle', livreAt: null }
  if (n === 20) return { statut: 'annule' }
  return { statut: 'livre' }
}

type Handed = { k1: bigint; k2: bigint; k9: bigint }

/** People, and every carnet in its custody; answers the ids of the three that were handed over. */
const seedCustody = async (client: pg.ClientBase, secrets: Secrets): Promise<Handed> => {
  await seedUses.people(client, [
    { id: BENEFICIAIRE.b1, collectivite: ORG.t1, prescripteur: ORG.p1, prenom: 'Basile', nom: 'Inventé' },
    { id: BENEFICIAIRE.b2, collectivite: ORG.t1, prescripteur: ORG.p1, prenom: 'Blanche', nom: 'Inventée' },
    { id: BENEFICIAIRE.b9, collectivite: ORG.t2, prescripteur: ORG.p9, prenom: CANARI, nom: CANARI },
  ])
  const carnets = new Map<number, bigint>()
  for (let n = 1; n <= T1.quantite; n++) carnets.set(n, await seedCarnet(client, secrets, T1, n, custodyOfT1(n)))
  const k9 = await seedCarnet(client, secrets, T2, 1, {
    statut: 'remis',
    prescripteur: ORG.p9,
    beneficiaire: BENEFICIAIRE.b9,
    publicId: CARNET.k9,
  })
  for (let n = 2; n <= T2.quantite; n++)
    await seedCarnet(
      client,
      secrets,
      T2,
      n,
      n === 2 ? { statut: 'attribue', prescripteur: ORG.p9 } : { statut: 'livre', ...(n === 3 && { destination: ORG.p9 }) },
    )
  return { k1: carnets.get(1)!, k2: carnets.get(2)!, k9 }
}

const seedPrescriptions = async (client: pg.ClientBase, { k1, k2, k9 }: Handed) => {
  await seedUses.custody(client, T1, { accusee: ATTRIBUTION.accusee, envoyee: ATTRIBUTION.envoyee, prescripteur: ORG.p1 })
  await seedUses.custody(client, T2, { accusee: null, envoyee: ATTRIBUTION.t2, prescripteur: ORG.p9 })
  await seedUses.prescriptions(client, [
    {
      id: PRESCRIPTION.k1,
      t: T1,
      prescripteur: ORG.p1,
      carnet: k1,
      beneficiaire: BENEFICIAIRE.b1,
      agent: PEOPLE['prescripteur.agent'].utilisateurId,
    },
    {
      id: PRESCRIPTION.k2,
      t: T1,
      prescripteur: ORG.p1,
      carnet: k2,
      beneficiaire: BENEFICIAIRE.b2,
      agent: PEOPLE['prescripteur.agent'].utilisateurId,
    },
    {
      id: PRESCRIPTION.k9,
      t: T2,
      prescripteur: ORG.p9,
      carnet: k9,
      beneficiaire: BENEFICIAIRE.b9,
      agent: PEOPLE['autre:prescripteur.agent'].utilisateurId,
    },
  ])
}

const seedAteliers = async (client: pg.ClientBase) => {
  await seedUses.ateliers(client, [
    { id: ATELIER.a1, structure: ORG.s1, lieu: LIEU.l1, mediateur: MEDIATEUR, date: '2026-03-10', debut: '08:30' },
    { id: ATELIER.passe, structure: ORG.s1, lieu: LIEU.l1, mediateur: MEDIATEUR, date: '2026-02-10', debut: '10:00', statut: 'tenu' },
    { id: ATELIER.annule, structure: ORG.s1, lieu: LIEU.l1, mediateur: MEDIATEUR, date: '2026-03-10', debut: '16:00', statut: 'annule' },
    {
      id: ATELIER.plein,
      structure: ORG.s1,
      lieu: LIEU.l1,
      mediateur: MEDIATEUR,
      date: '2026-03-09',
      debut: '10:00',
      statut: 'tenu',
      capacite: 1,
    },
    { id: ATELIER.demain, structure: ORG.s1, lieu: LIEU.l1, mediateur: MEDIATEUR, date: '2026-03-11', debut: '10:00' },
    {
      id: ATELIER.l2,
      structure: ORG.s2,
      lieu: LIEU.l2,
      mediateur: PEOPLE['s2:structure.mediateur'].utilisateurId,
      date: '2026-03-10',
      debut: '08:30',
    },
    {
      id: ATELIER.l3,
      structure: ORG.s3,
      lieu: LIEU.l3,
      mediateur: PEOPLE['s3:structure.mediateur'].utilisateurId,
      date: '2026-03-10',
      debut: '08:30',
    },
    {
      id: ATELIER.l4,
      structure: ORG.s4,
      lieu: LIEU.l4,
      mediateur: PEOPLE['s4:structure.mediateur'].utilisateurId,
      date: '2026-03-10',
      debut: '08:30',
    },
    { id: ATELIER.a9, structure: ORG.s9, lieu: LIEU.l9, mediateur: MEDIATEUR_9, date: '2026-03-10', debut: '08:30' },
  ])
}

/** T1: two pass of February in a bordereau, one of yesterday still to pay. */
const seedUsesOfT1 = async (client: pg.ClientBase, k2: bigint) => {
  const s1 = { structure: ORG.s1, lieu: LIEU.l1, mediateur: MEDIATEUR }
  await seedUses.bordereau(client, T1, {
    id: BORDEREAU.fevrier,
    structure: ORG.s1,
    compte: COMPTE_BANCAIRE.s1,
    pass: 2,
    preparateur: PEOPLE['operateur.finance_preparateur'].utilisateurId,
    libelle: 'Département de la Creuse',
  })
  await seedUses.act(client, T1, {
    ...s1,
    acte: ACTE.fevrier,
    atelier: ATELIER.passe,
    carnet: k2,
    rangs: [1, 2],
    personne: BENEFICIAIRE.b2,
    prescripteur: ORG.p1,
    date: '2026-02-10',
    at: '2026-02-10T11:30:00+01:00',
    bordereau: BORDEREAU.fevrier,
  })
  await seedUses.act(client, T1, {
    ...s1,
    acte: ACTE.mars,
    atelier: ATELIER.plein,
    carnet: k2,
    rangs: [3],
    personne: BENEFICIAIRE.b2,
    prescripteur: ORG.p1,
    date: '2026-03-09',
    at: '2026-03-09T11:30:00+01:00',
    bordereau: null,
  })
}

/** T2: one pass of today, in a bordereau. */
const seedUsesOfT2 = async (client: pg.ClientBase, k9: bigint) => {
  const s9 = { structure: ORG.s9, lieu: LIEU.l9, mediateur: MEDIATEUR_9, carnet: k9, personne: BENEFICIAIRE.b9, prescripteur: ORG.p9 }
  await seedUses.bordereau(client, T2, {
    id: BORDEREAU.t2,
    structure: ORG.s9,
    compte: COMPTE_BANCAIRE.s9,
    pass: 1,
    preparateur: PEOPLE['autre:operateur.finance_preparateur'].utilisateurId,
    libelle: CANARI,
  })
  await seedUses.act(client, T2, {
    ...s9,
    acte: ACTE.t2,
    atelier: ATELIER.a9,
    rangs: [1],
    date: '2026-03-10',
    at: '2026-03-10T08:40:00+01:00',
    bordereau: BORDEREAU.t2,
  })
}

/**
 * The base seed, its pieces in `filesDir`: small and complete, fixed ids, seen from 2026-03-10 09:00 Paris. Runs as `migrator`, in one transaction.
 * T1 holds every statut of the nouns of the path; T2 mirrors it with the word CANARI in its private texts.
 */
export const seedBase = async (client: pg.ClientBase, secrets: Secrets, filesDir: string) => {
  await client.query('begin')
  await seedPeople(client, await hashPassword(PASSWORD))
  await seedAcces(client)
  await seedPlaces(client)
  await seedCommandes(client)
  await seedVersions(client)
  await seedLot(client, secrets, T1)
  await seedLot(client, secrets, T2)
  const handed = await seedCustody(client, secrets)
  await seedPrescriptions(client, handed)
  await seedAteliers(client)
  await seedUsesOfT1(client, handed.k2)
  await seedUsesOfT2(client, handed.k9)
  await seedPaiements(client)
  await seedBanque(client)
  await seedFinancement(client)
  await seedGuichet(client)
  await seedImports(client)
  await seedCreneaux(client, handed, filesDir)
  await seedOppositions(client)
  await seedReprises(client)
  await seedProduction(client)
  await seedLivres(client)
  await seedEcheances(client)
  await client.query('commit')
}

// run by the set-up of the browser tests and of the benches
if (import.meta.main) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL })
  await client.connect()
  await seedBase(client, loadSecrets(process.env.SECRETS_DIR ?? '.data/secrets', true), process.env.FILES_DIR ?? '.data/pieces')
  await client.end()
}
