import type { ComptePersonnel, Passkey } from '@pass/contracts/compte-personnel.ts'
import { CATEGORIES, type Categorie, RYTHME_PAR_DEFAUT, type Rythme, whyNotPrefer } from '@pass/domain/notifications.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'

type Row = {
  courriel: string
  prenom: string
  nom: string
  proconnect: boolean
  mot_de_passe: boolean
  totp_at: Date | null
  pin: boolean
  passkeys: Passkey[]
  preferences: Partial<Record<Categorie, Rythme>>
}

/** The account of whoever asks: the ways in, what protects it, how often mails come. */
export const getComptePersonnel = async ({ db }: Ctx): Promise<ComptePersonnel> => {
  const [row] = await db.$queryRaw<Row[]>`select * from compte_personnel()`
  const { courriel, prenom, nom, proconnect, mot_de_passe, totp_at, pin, passkeys, preferences } = row!
  return {
    courriel,
    prenom,
    nom,
    proconnect,
    motDePasse: mot_de_passe,
    totpAt: totp_at?.toISOString() ?? null,
    passkeys,
    pin,
    facteurs: [...(passkeys.length > 0 ? ['passkey' as const] : []), ...(totp_at ? ['totp' as const] : [])],
    preferences: CATEGORIES.map((categorie) => ({
      categorie,
      rythme: preferences[categorie] ?? RYTHME_PAR_DEFAUT[categorie],
      modifiable: whyNotPrefer(categorie) === null,
    })),
  }
}

/** Corrects one's own name, as colleagues read it. */
export const renameMe = async (ctx: Ctx, { prenom, nom }: { prenom: string; nom: string }): Promise<ComptePersonnel> => {
  await ctx.db.$executeRaw`select me_rename(${prenom}, ${nom})`
  return getComptePersonnel(ctx)
}

/** Chooses how often one kind of news is mailed. */
export const setPreference = async (
  ctx: Ctx,
  { categorie, rythme }: { categorie: Categorie; rythme: Rythme },
): Promise<ComptePersonnel> => {
  enforce(whyNotPrefer(categorie))
  await ctx.db.$executeRaw`select preference_set(${categorie}, ${rythme})`
  return getComptePersonnel(ctx)
}
