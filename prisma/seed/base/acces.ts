import { createHash } from 'node:crypto'
import type pg from 'pg'
import { CANARI, CONSULTATION, INVITATION, MEMBRE, NOTIFICATION, ORG, PASSKEY, PEOPLE, POSTE, RECUPERATION, SESSION } from './ids.ts'
import { insert } from './insert.ts'

/** The hash of a secret that nobody has. */
const hashOf = (text: string) => createHash('sha256').update(text).digest()

const SIDES = [
  {
    key: 't1',
    organisation: ORG.t1,
    operateur: ORG.o1,
    admin: PEOPLE['collectivite.administrateur'],
    vue: PEOPLE['collectivite.gestionnaire'],
    support: PEOPLE['operateur.support'],
    mot: 'Inès',
  },
  {
    key: 't2',
    organisation: ORG.t2,
    operateur: ORG.o2,
    admin: PEOPLE['autre:collectivite.administrateur'],
    vue: PEOPLE['autre:collectivite.gestionnaire'],
    support: PEOPLE['autre:operateur.support'],
    mot: CANARI,
  },
] as const

/** The two people who never sign in: whoever holds a key must use it, hence they and nobody else. */
const seedMembres = async (client: pg.ClientBase) => {
  const people = Object.entries(MEMBRE)
  await insert(
    client,
    'utilisateur',
    people.map(([key, { utilisateurId, prenom, nom }]) => ({
      id: utilisateurId,
      courriel: `membre-${key}@exemple.fr`,
      prenom,
      nom,
      mot_de_passe: null,
      demo: false,
    })),
  )
  await insert(
    client,
    'adhesion',
    people.map(([, { adhesionId, organisationId, utilisateurId, role }]) => ({
      id: adhesionId,
      organisation_id: organisationId,
      utilisateur_id: utilisateurId,
      role,
      territoire: [],
      date_debut: '2025-01-01',
      revue_le: '2025-07-01',
    })),
  )
  await insert(
    client,
    'door.passkey',
    people.map(([key, { utilisateurId }]) => ({
      id: PASSKEY[key as keyof typeof MEMBRE],
      utilisateur_id: utilisateurId,
      credential_id: `exemple-${key}`,
      cle_publique: hashOf(`clé ${key}`),
      nom: 'Téléphone',
    })),
  )
  await insert(
    client,
    'session',
    people.map(([key, { utilisateurId, adhesionId, organisationId }]) => ({
      id: SESSION[key as keyof typeof MEMBRE],
      organisation_id: organisationId,
      utilisateur_id: utilisateurId,
      adhesion_id: adhesionId,
      token_hash: hashOf(`session ${key}`),
      methode: 'passkey',
      appareil: 'Firefox, Windows',
    })),
  )
}

/** What an organisation knows of its accesses, for T1 and, with its canary, for T2. */
export const seedAcces = async (client: pg.ClientBase) => {
  await seedMembres(client)
  for (const { key, organisation, operateur, admin, vue, support, mot } of SIDES) {
    const membre = MEMBRE[key]
    await insert(client, 'invitation', [
      {
        organisation_id: organisation,
        id: INVITATION[key],
        courriel: `ines-${key}@exemple.fr`,
        prenom: mot,
        nom: 'Invitée',
        role: 'collectivite.lecteur',
        cree_par: admin.utilisateurId,
        created_at: '2026-03-09T09:00:00+01:00',
        expire_at: '2026-03-16T09:00:00+01:00',
      },
    ])
    await insert(client, 'recuperation', [
      // the end is counted by the database's own clock
      {
        organisation_id: organisation,
        id: RECUPERATION[key],
        utilisateur_id: membre.utilisateurId,
        expire_at: new Date(Date.now() + 86_400_000),
      },
    ])
    await insert(client, 'notification', [
      {
        organisation_id: organisation,
        id: NOTIFICATION[key],
        utilisateur_id: membre.utilisateurId,
        categorie: 'suivi',
        code: 'exemple',
        titre: `Bienvenue, ${mot}`,
        lien: '/compte/',
      },
    ])
    await insert(client, 'poste', [
      {
        organisation_id: organisation,
        id: POSTE[key],
        nom: `Accueil ${mot}`,
        jeton_hash: hashOf(`poste ${key}`),
        cree_par: admin.utilisateurId,
      },
    ])
    await insert(client, 'consultation', [
      {
        organisation_id: organisation,
        id: CONSULTATION[key],
        operateur_id: operateur,
        utilisateur_id: support.utilisateurId,
        adhesion_id: vue.adhesionId,
        motif: `${mot} ne retrouvait plus une commande.`,
        debut_at: '2026-03-09T10:00:00+01:00',
        fin_at: '2026-03-09T10:12:00+01:00',
      },
    ])
  }
}
