import { randomUUID } from 'node:crypto'
import { BORDEREAU, CONVENTION, ORG, PEOPLE } from '../../../prisma/seed/base/ids.ts'
import { use } from './uses.ts'
import type { World } from './world.ts'

const PREPARATEUR = PEOPLE['operateur.finance_preparateur'].utilisateurId
const APPROBATEUR = PEOPLE['operateur.finance_approbateur'].utilisateurId

/** Gives a structure an accepted account of its own. */
export const acceptAccount = async (
  { sql }: World,
  structure: string,
  titulaire = 'Espace de S2',
  at = '2026-03-01T10:00:00+01:00',
): Promise<string> => {
  const id = randomUUID()
  await sql.query(
    `insert into compte_bancaire (organisation_id, id, iban, iban_masque, titulaire, statut, accepte_at)
     values ($1, $2, 'FR7630006000011234567890189', 'FR76 •••• •••• 0189', $3, 'accepte', $4)`,
    [structure, id, titulaire, at],
  )
  return id
}

/** Puts a bordereau one step before its release: checked by the preparer, approved by another person. */
export const approve = async ({ sql }: World, bordereauId: string): Promise<void> => {
  await sql.query(
    `update bordereau set statut = 'approuve', controle_par = arrete_par, controle_at = '2026-03-05T10:00:00+01:00', approuve_par = $2, approuve_at = '2026-03-06T10:00:00+01:00' where id = $1`,
    [bordereauId, APPROBATEUR],
  )
  await sql.query(
    `insert into bordereau_approbation (organisation_id, bordereau_id, utilisateur_id, operateur_id, at) select organisation_id, id, approuve_par, operateur_id, approuve_at from bordereau where id = $1
     on conflict do nothing`,
    [bordereauId],
  )
}

/** A bordereau of February for S2 that waits for its release: `rangs` of carnet K1, 10 € each. */
const bordereauOfS2 = async (world: World, rangs: number[], reference = 'B26-0002'): Promise<string> => {
  const acte = await use(world, '2026-02-12T10:00:00+01:00', { chez: 's2', rangs })
  const compte = await acceptAccount(world, ORG.s2)
  const id = randomUUID()
  const montant = rangs.length * 1000
  await world.sql.query(
    `insert into bordereau (organisation_id, id, operateur_id, reference, mois, pass, montant_centimes, compte_id, arrete_par, arrete_at)
     values ($1, $2, $3, $4, '2026-02', $5, $6, $7, $8, '2026-03-03T10:00:00+01:00')`,
    [ORG.s2, id, ORG.o1, reference, rangs.length, montant, compte, PREPARATEUR],
  )
  await world.sql.query(
    `insert into bordereau_convention (organisation_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, montant_centimes)
     values ($1, $2, $3, $4, $5, 'Creuse', $6, $7)`,
    [ORG.s2, id, ORG.t1, CONVENTION.cv1, ORG.o1, rangs.length, montant],
  )
  // its number is taken
  await world.sql.query(
    `insert into compteur (organisation_id, nom, annee, valeur) values ($1, 'bordereau', 2026, 2) on conflict (organisation_id, nom, annee) do update set valeur = 2`,
    [ORG.o1],
  )
  await world.sql.query(`update redemption set statut = 'en_bordereau', bordereau_id = $2 where acte_id = $1`, [acte, id])
  await approve(world, id)
  return id
}

/** The seed's bordereau of February (S1, 20 €) and one of S2 (30 €), both ready to leave. */
export const twoReady = async (world: World): Promise<{ s1: string; s2: string }> => {
  await approve(world, BORDEREAU.fevrier)
  return { s1: BORDEREAU.fevrier, s2: await bordereauOfS2(world, [1, 2, 3]) }
}

/** Balances of T1's convention by account, `nature` or `nature structure`. */
export const soldesOf = async ({ sql }: World, structure: string): Promise<Record<string, number>> => {
  const { rows } = await sql.query<{ nature: string; solde: number }>(
    `select nature, solde_centimes::int solde from account where convention_id = $1 and structure_id = $2 and solde_centimes <> 0 order by 1`,
    [CONVENTION.cv1, structure],
  )
  return Object.fromEntries(rows.map(({ nature, solde }) => [nature, solde]))
}
