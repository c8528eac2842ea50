import type { z } from 'zod'
import type { ComptePersonnel } from '@pass/contracts/compte-personnel.ts'
import type { NouvellePasskey } from '@pass/contracts/connexion.ts'
import { whyNotRemoveFacteur } from '@pass/domain/acces.ts'
import type { Role } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import * as passkeys from '../../platform/auth/passkeys.ts'
import * as totp from '../../platform/auth/totp.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Deps } from '../../platform/deps.ts'
import { enforce, Refused } from '../../platform/errors.ts'
import { notify } from '../../platform/notify.ts'
import { getComptePersonnel } from './get-compte.ts'

const SECURITE = '/compte/securite'
const NOT_ME = 'Si ce n’est pas vous, ouvrez «\u00a0Mon compte\u00a0», rubrique Sécurité\u00a0:'

/** Every change of what protects an account is told to its holder at once, with what to do if it was not them. */
const tellHolder = (ctx: Ctx, code: 'facteur_ajoute' | 'facteur_retire', titre: string, texte: string) =>
  notify(ctx, {
    organisationId: ctx.actor.organisationId,
    utilisateurIds: [ctx.actor.utilisateurId],
    categorie: 'securite',
    code,
    titre,
    texte,
    lien: SECURITE,
  })
const named = (nom: string | undefined) => (nom === undefined ? '' : `Clé «\u00a0${nom}\u00a0». `)
const tellAdded = (ctx: Ctx, titre: string, nom?: string) =>
  tellHolder(
    ctx,
    'facteur_ajoute',
    titre,
    `${named(nom)}${NOT_ME} retirez ce second facteur, fermez vos autres sessions et prévenez l’assistance.`,
  )
const tellRemoved = (ctx: Ctx, titre: string, nom?: string) =>
  tellHolder(
    ctx,
    'facteur_retire',
    titre,
    `${named(nom)}${NOT_ME} fermez vos autres sessions, ajoutez un second facteur et prévenez l’assistance.`,
  )

type Factors = { totp: boolean; passkeys: number; roles: Role[] }
/** What is registered, held until the end: two removals at once cannot both believe in the other's factor. */
const lockFactors = async ({ db, today }: Ctx): Promise<Factors> => {
  const [row] = await db.$queryRaw<Factors[]>`select * from my_factors(${today}::date)`
  return row!
}

/** Activates the application of codes that waits. */
export const confirmTotp = async (ctx: Ctx, deps: Deps, { code }: { code: string }): Promise<ComptePersonnel> => {
  await totp.confirmTotp(ctx, deps, code)
  await tellAdded(ctx, 'Une application de codes protège maintenant votre compte')
  return getComptePersonnel(ctx)
}

/** Takes the application of codes away, unless it is the last factor of a role that needs one. */
export const removeTotp = async (ctx: Ctx): Promise<ComptePersonnel> => {
  const factors = await lockFactors(ctx)
  if (!factors.totp) throw new Refused(refuse('facteur_absent'))
  enforce(whyNotRemoveFacteur({ roles: factors.roles, autres: factors.passkeys }))
  await totp.removeTotp(ctx)
  await tellRemoved(ctx, 'L’application de codes a été retirée de votre compte')
  return getComptePersonnel(ctx)
}

/** A challenge to add a passkey. */
export const challengeNewPasskey = async (ctx: Ctx, deps: Deps) => {
  const { courriel } = await getComptePersonnel(ctx)
  return passkeys.challengeNewPasskey(ctx, deps, courriel)
}

type NewPasskey = { defiId: string; nom: string; reponse: z.output<typeof NouvellePasskey> }

/** Keeps the passkey that a browser just made. */
export const addPasskey = async (ctx: Ctx, deps: Deps, input: NewPasskey): Promise<ComptePersonnel> => {
  await passkeys.addPasskey(ctx, deps, input)
  await tellAdded(ctx, 'Une clé d’accès protège maintenant votre compte', input.nom)
  return getComptePersonnel(ctx)
}

/** Takes a passkey away, unless it is the last factor of a role that needs one. */
export const removePasskey = async (ctx: Ctx, { passkeyId }: { passkeyId: string }): Promise<ComptePersonnel> => {
  const factors = await lockFactors(ctx)
  // somebody else's is 404, whatever is left of one's own
  const nom = await passkeys.removePasskey(ctx, passkeyId)
  enforce(whyNotRemoveFacteur({ roles: factors.roles, autres: factors.passkeys - 1 + Number(factors.totp) }))
  await tellRemoved(ctx, 'Une clé d’accès a été retirée de votre compte', nom)
  return getComptePersonnel(ctx)
}
