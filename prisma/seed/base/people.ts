import type pg from 'pg'
import { insert } from './insert.ts'
import { ORG, PEOPLE, type Person } from './ids.ts'

/** argon2id of « démonstration-pass-2026 », the password of every person of the base seed (m=19456, t=2, p=1). */
export const PASSWORD = 'démonstration-pass-2026'

const org = (
  id: string,
  type: string,
  nom: string,
  siret: string | null,
  territoire: string[] = [],
  departement: string | null = null,
) => ({ id, type, nom, siret, territoire, departement })

/** Organisations, people and adhesions. `hash` is the stored form of `PASSWORD`. */
export const seedPeople = async (client: pg.ClientBase, hash: string) => {
  await insert(client, 'organisation', [
    org(ORG.anct, 'anct', 'Agence nationale de la cohésion des territoires', '13002603200016'),
    org(ORG.o1, 'operateur', 'Opérateur Modèle', '44306184100047'),
    org(ORG.o2, 'operateur', 'Opérateur Lointain', '55208131766522'),
    org(ORG.t1, 'collectivite', 'Département de la Creuse', '22230001000013', ['D23'], '23'),
    org(ORG.t2, 'collectivite', 'Communauté Lointaine', '20003318700014', ['D62'], '62'),
    org(ORG.p1, 'prescripteur', 'CCAS de Bonnat', '26230015500013', ['D23'], '23'),
    org(ORG.p2, 'prescripteur', 'Mission locale de la Creuse', null, ['D23'], '23'),
    org(ORG.p9, 'prescripteur', 'CCAS Lointain', '26620093000011', ['D62'], '62'),
    org(ORG.s1, 'structure', 'Tiers-lieu Le Chai', null, ['D23'], '23'),
    org(ORG.s2, 'structure', 'Espace Sans Compte', null, ['D23'], '23'),
    org(ORG.s3, 'structure', 'Espace Suspendu', null, ['D23'], '23'),
    org(ORG.s4, 'structure', 'Espace Hors Territoire', null, ['D62'], '62'),
    org(ORG.s9, 'structure', 'Atelier Lointain', null, ['D62'], '62'),
    org(ORG.prefecture, 'prefecture', 'Préfecture de la Creuse', '17230001400013', ['D23'], '23'),
    org(ORG.hub, 'hub', 'Hub Modèle', null, ['D23']),
    org(ORG.fse, 'financeur', 'Fonds social européen', '11000901600012'),
    org(ORG.fse2, 'financeur', 'Fondation Lointaine', null),
  ])
  const people: [string, Person][] = Object.entries(PEOPLE)
  await insert(
    client,
    'utilisateur',
    people.map(([key, { utilisateurId, prenom, nom }]) => ({
      id: utilisateurId,
      courriel: `${key.replace(/[^a-z0-9]+/g, '-').replaceAll('_', '-')}@exemple.fr`,
      prenom,
      nom,
      mot_de_passe: hash,
      demo: true,
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
    })),
  )
}
