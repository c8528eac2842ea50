import {
  acceptableAt,
  compteBancaireMachine,
  type Verification,
  whyNotAcceptCompte,
  whyNotCheckCompte,
  whyNotPropose,
  whyNotRefuseCompte,
  whyNotWithdrawCompte,
} from '@pass/domain/comptes-bancaires.ts'
import { bareIban, maskIban, whyNotIban } from '@pass/domain/iban.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reachSql } from '../../platform/reach.ts'
import { getCompteBancaire, type HeldCompte, holdCompte, holdOwnCompte } from './compte-queries.ts'
import { tellAccepted, tellOperateur, tellProposed, tellRefused, tellWithdrawn } from './notify-compte.ts'

type Proposal = { titulaire: string; iban: string; bic: string | null; contact: string }

/** The structure gives another account. Everyone concerned is told at once; nothing changes for 72 hours. */
export const proposeCompteBancaire = async (ctx: Ctx, { titulaire, iban, bic, contact }: Proposal) => {
  enforce(whyNotIban(iban), 400)
  const [enCours] = await ctx.db.$queryRaw<
    { created_at: Date }[]
  >`select created_at from compte_bancaire where ${reachSql(ctx, 'compte_bancaire')} and statut = 'propose'`
  enforce(whyNotPropose(enCours ? { demandeAt: enCours.created_at } : null))
  const structureId = ctx.actor.organisationId
  const [row] = await ctx.db.$queryRaw<[{ id: string }]>`
    insert into compte_bancaire (organisation_id, id, iban, iban_masque, bic, titulaire, contact, propose_par, created_at)
    values (${structureId}::uuid, uuidv7(), ${bareIban(iban)}, ${maskIban(iban)}, ${bic}, ${titulaire}, ${contact}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)
    returning id`
  await fact(ctx, { sujet: 'compte_bancaire.propose', objet: { compteId: row.id, structureId } })
  await tellProposed(ctx, { compteId: row.id, structureId, acceptableAt: acceptableAt(ctx.now) })
  const compte = await getCompteBancaire(ctx, { compteId: row.id })
  await tellOperateur(ctx, compte)
  return compte
}

/** The first person: what the bank says of the holder. It may be noted again while nobody has accepted. */
export const checkCompteBancaire = async (ctx: Ctx, { compteId, verification }: { compteId: string; verification: Verification }) => {
  const compte = await holdCompte(ctx, compteId)
  enforce(whyNotCheckCompte(compte, ctx.actor.utilisateurId))
  won(
    await ctx.db
      .$executeRaw`update compte_bancaire set verification = ${verification}, verifie_par = ${ctx.actor.utilisateurId}::uuid, verifie_at = ${ctx.now}::timestamptz
      where organisation_id = ${compte.structureId}::uuid and id = ${compteId}::uuid and statut = ${compte.statut}`,
  )
  await fact(ctx, { sujet: 'compte_bancaire.verifie', objet: { compteId, structureId: compte.structureId } })
  return getCompteBancaire(ctx, { compteId })
}

/**
 * The present account, its row held so that no closing takes it meanwhile (the foreign key of a new bordereau waits here), then
 * how many bordereaux are still to be paid on it. Without one (the bank refused it), they wait for the account asked for: nothing is frozen.
 */
const holdPresent = async (ctx: Ctx, { structureId }: HeldCompte) => {
  const [present] = await ctx.db.$queryRaw<
    { id: string }[]
  >`select id from compte_bancaire where organisation_id = ${structureId}::uuid and statut = 'accepte' for update`
  const [open] = await ctx.db.$queryRaw<[{ n: number }]>`select bordereaux_ouverts(${structureId}::uuid) n`
  return { presentId: present?.id ?? null, bordereauxOuverts: present ? open.n : 0 }
}

/** The second person: from now on transfers go to this account, and the former one is history. */
export const acceptCompteBancaire = async (ctx: Ctx, { compteId }: { compteId: string }) => {
  const compte = await holdCompte(ctx, compteId)
  const { presentId, bordereauxOuverts } = await holdPresent(ctx, compte)
  enforce(whyNotAcceptCompte(compte, { acteur: ctx.actor.utilisateurId, now: ctx.now, bordereauxOuverts }))
  if (presentId !== null)
    await ctx.db.$executeRaw`update compte_bancaire set statut = ${compteBancaireMachine.replace.to}, fin_at = ${ctx.now}::timestamptz
      where organisation_id = ${compte.structureId}::uuid and id = ${presentId}::uuid and statut = 'accepte'`
  won(
    await ctx.db
      .$executeRaw`update compte_bancaire set statut = ${compteBancaireMachine.accept.to}, accepte_at = ${ctx.now}::timestamptz, accepte_par = ${ctx.actor.utilisateurId}::uuid
      where organisation_id = ${compte.structureId}::uuid and id = ${compteId}::uuid and statut = ${compte.statut}`,
  )
  await fact(ctx, { sujet: 'compte_bancaire.accepte', objet: { compteId, structureId: compte.structureId } })
  const accepted = await getCompteBancaire(ctx, { compteId })
  await tellAccepted(ctx, accepted)
  return accepted
}

/** The account is not taken, and the structure reads why. */
export const refuseCompteBancaire = async (ctx: Ctx, { compteId, motif }: { compteId: string; motif: string }) => {
  const compte = await holdCompte(ctx, compteId)
  enforce(whyNotRefuseCompte(compte))
  won(
    await ctx.db
      .$executeRaw`update compte_bancaire set statut = ${compteBancaireMachine.refuse.to}, refuse_par = ${ctx.actor.utilisateurId}::uuid, refuse_at = ${ctx.now}::timestamptz, motif_refus = ${motif}
      where organisation_id = ${compte.structureId}::uuid and id = ${compteId}::uuid and statut = ${compte.statut}`,
  )
  await fact(ctx, { sujet: 'compte_bancaire.refuse', objet: { compteId, structureId: compte.structureId } })
  const refused = await getCompteBancaire(ctx, { compteId })
  await tellRefused(ctx, refused)
  return refused
}

/** The structure no longer wants the account it asked for: it may ask for another at once. The statut follows in the database. */
export const withdrawCompteBancaire = async (ctx: Ctx, { compteId }: { compteId: string }) => {
  const { structureId, statut } = await holdOwnCompte(ctx, compteId)
  enforce(whyNotWithdrawCompte({ statut }))
  won(
    await ctx.db.$executeRaw`update compte_bancaire set retire_par = ${ctx.actor.utilisateurId}::uuid, retire_at = ${ctx.now}::timestamptz
      where organisation_id = ${structureId}::uuid and id = ${compteId}::uuid and statut = ${statut}`,
  )
  await fact(ctx, { sujet: 'compte_bancaire.retire', objet: { compteId, structureId } })
  const withdrawn = await getCompteBancaire(ctx, { compteId })
  await tellWithdrawn(ctx, withdrawn)
  return withdrawn
}
