import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import { formatInstant, PARIS, parisDay } from '@pass/domain/days.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { homePath, roleType } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { notify } from '../../platform/notify.ts'

type Etape = 'propose' | 'accepte' | 'refuse' | 'retire'

/** Mails the addresses of the account and of the one before it: somebody who lost their access is told too. */
const mailContacts = (ctx: Ctx, structureId: string, compteId: string, etape: Etape, jour: Date) =>
  ctx.db.$queryRaw`select compte_bancaire_tell(${structureId}::uuid, ${compteId}::uuid, ${etape}, ${parisDay(jour)}::date)`

const tellStructure = (ctx: Ctx, structureId: string, code: string, titre: string, texte: string) =>
  notify(ctx, {
    organisationId: structureId,
    roles: ['structure.responsable'],
    // mailed at once to everyone, whatever they chose
    categorie: 'securite',
    code,
    titre,
    texte,
    lien: `${homePath('structure')}compte-bancaire`,
  })

/** An account is asked for: those who answer for the structure, and the addresses of both accounts. */
export const tellProposed = async (
  ctx: Ctx,
  { compteId, structureId, acceptableAt }: { compteId: string; structureId: string; acceptableAt: Date },
): Promise<void> => {
  await tellStructure(
    ctx,
    structureId,
    'compte_bancaire_propose',
    'Compte bancaire : un changement est demandé',
    `Un autre compte est proposé pour les virements de votre structure. Il ne peut pas être accepté avant le ${formatInstant(acceptableAt, PARIS)}. Si personne chez vous ne l’a demandé, appelez tout de suite l’opérateur.`,
  )
  await mailContacts(ctx, structureId, compteId, 'propose', acceptableAt)
}

type News = { code: string; titre: string; texte: string }

/** Those of the operator that follows the structure who check accounts. */
const tellCheckers = async (ctx: Ctx, { structure }: CompteBancaire, news: News): Promise<void> => {
  const [row] = await ctx.db.$queryRaw<
    { operateur_id: string | null }[]
  >`select operateur_id from labellisation where organisation_id = ${structure.id}::uuid`
  if (!row?.operateur_id) return
  await notify(ctx, {
    organisationId: row.operateur_id,
    roles: rolesWith('compte_bancaire:check').filter((role) => roleType(role) === 'operateur'),
    categorie: 'argent',
    ...news,
    lien: `${homePath('operateur')}comptes-bancaires`,
  })
}

/** The operator has an account to check. */
export const tellOperateur = (ctx: Ctx, compte: CompteBancaire): Promise<void> =>
  tellCheckers(ctx, compte, {
    code: 'compte_bancaire_a_verifier',
    titre: `Compte bancaire à vérifier : ${compte.structure.nom}`,
    texte: 'Une personne vérifie le titulaire auprès de la banque, une autre accepte le compte 72 heures après la demande.',
  })

export const tellAccepted = async (ctx: Ctx, { id, structure, ibanMasque }: CompteBancaire): Promise<void> => {
  await tellStructure(
    ctx,
    structure.id,
    'compte_bancaire_accepte',
    'Compte bancaire : le nouveau compte est accepté',
    `Les prochains virements de votre structure partent vers le compte ${ibanMasque}.`,
  )
  await mailContacts(ctx, structure.id, id, 'accepte', ctx.now)
}

export const tellRefused = async (ctx: Ctx, { id, structure, ibanMasque, motifRefus }: CompteBancaire): Promise<void> => {
  await tellStructure(
    ctx,
    structure.id,
    'compte_bancaire_refuse',
    'Compte bancaire : le compte proposé est refusé',
    `L’opérateur n’accepte pas le compte ${ibanMasque}. Motif : « ${motifRefus ?? ''} » Proposez un autre compte.`,
  )
  await mailContacts(ctx, structure.id, id, 'refuse', ctx.now)
}

/** The structure gave up its request: its people, the addresses of both accounts, and the operator, who has nothing left to check. */
export const tellWithdrawn = async (ctx: Ctx, compte: CompteBancaire): Promise<void> => {
  const { id, structure, ibanMasque } = compte
  await tellStructure(
    ctx,
    structure.id,
    'compte_bancaire_retire',
    'Compte bancaire : le compte proposé est retiré',
    `Votre structure a retiré le compte ${ibanMasque}. Ses virements ne changent pas. Si personne chez vous ne l’a retiré, appelez tout de suite l’opérateur.`,
  )
  await mailContacts(ctx, structure.id, id, 'retire', ctx.now)
  await tellCheckers(ctx, compte, {
    code: 'compte_bancaire_retire',
    titre: `Compte bancaire retiré : ${structure.nom}`,
    texte: 'La structure a retiré le compte qu’elle proposait : il n’y a plus rien à vérifier.',
  })
}
