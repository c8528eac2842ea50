import { ADMINISTRATORS, ROLES_SECOND_FACTEUR } from '@pass/domain/acces.ts'
import type { Role } from '@pass/domain/organisations.ts'
import { type Refusal, refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../context.ts'
import { enforce } from '../errors.ts'
import { hashPassword } from './passwords.ts'

/** Whose password it will be: what they may do makes it longer, what others know of them makes it easier to guess. */
export type PasswordOwner = { roles: readonly Role[]; prenom: string; nom: string; courriel: string; organisations: readonly string[] }

const LONGUEUR = 12
const LONGUEUR_ROLE = 16
/** Letters and digits that must be left once the words that anyone close would try are taken out. */
const LONGUEUR_PROPRE = 8
/** Guesses that a password must be worth, as a power of ten: the scale’s last step. */
const GUESSES_LOG10 = 10
/** Longer ones are judged on their beginning, and letters read in few other ways: a judgement must not take longer than a hash. */
const JUDGED = { maxLength: 40, l33tMaxSubstitutions: 2 } as const
const SERVICE = [
  'pass',
  'numérique',
  'numerique',
  'passnumerique',
  'passnumérique',
  'passnum',
  'anct',
  'connexion',
  'médiation',
  'mediation',
]

type Verdict = 'divulgue' | 'faible' | 'bon'
type Judge = (password: string, known: readonly string[]) => Verdict

/** The dictionaries take 17 MB and half a second: nobody pays for them before the first password is chosen. */
const loadJudge = async (): Promise<Judge> => {
  const [{ ZxcvbnFactory }, common, french] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-fr'),
  ])
  const leaked: readonly string[] = common.dictionary['passwords-common']
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...french.dictionary },
    graphs: common.adjacencyGraphs,
    ...JUDGED,
  })
  return (password, known) => {
    if (leaked.includes(password.toLowerCase())) return 'divulgue'
    const { guessesLog10, sequence } = zxcvbn.check(password, [...known])
    if (guessesLog10 >= GUESSES_LOG10) return 'bon'
    // written otherwise (P@ssw0rd, drowssap) or several in a row: still nothing but what circulates
    return sequence.every((part) => part['dictionaryName'] === 'passwords-common') ? 'divulgue' : 'faible'
  }
}
let judge: Promise<Judge> | undefined

const withoutAccents = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')

/** Every word that someone who knows the person would try first, alone and joined, with and without accents; the longest first. */
const wordsOf = ({ prenom, nom, courriel, organisations }: PasswordOwner): string[] => {
  const texts = [prenom, nom, courriel, ...organisations].map((text) => text.toLowerCase())
  const words = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u), text.replace(/[^\p{L}\p{N}]+/gu, '')])
  const all = new Set([...words, ...SERVICE].flatMap((word) => [word, withoutAccents(word)]))
  return [...all].filter((word) => word.length > 2).toSorted((a, b) => b.length - a.length)
}

/** What is the password’s own: `Nina Neuve 2026 nina` keeps `2026`. */
const ownPart = (password: string, words: readonly string[]): string => {
  const plain = withoutAccents(password.toLowerCase())
  return words.reduce((rest, word) => rest.replaceAll(word, ' '), plain).replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Why this password cannot be this person’s, or null. */
export const whyNotPassword = async (password: string, owner: PasswordOwner): Promise<Refusal | null> => {
  const isGrave = owner.roles.some((role) => ADMINISTRATORS.includes(role) || ROLES_SECOND_FACTEUR.includes(role))
  const longueur = isGrave ? LONGUEUR_ROLE : LONGUEUR
  if ([...password].length < longueur)
    return refuse(
      'mot_de_passe_faible',
      isGrave
        ? `Votre rôle protège celui des autres\u00a0: choisissez au moins ${longueur} caractères, par exemple quatre mots sans rapport.`
        : `Choisissez au moins ${longueur} caractères, par exemple une courte phrase.`,
    )
  const words = wordsOf(owner)
  const verdict = (await (judge ??= loadJudge()))(password, words)
  if (verdict === 'bon' && ownPart(password, words).length < LONGUEUR_PROPRE) return refuse('mot_de_passe_faible')
  return verdict === 'bon' ? null : refuse(verdict === 'divulgue' ? 'mot_de_passe_divulgue' : 'mot_de_passe_faible')
}

/** @throws 409 `mot_de_passe_faible` or `mot_de_passe_divulgue` */
export const enforcePassword = async (password: string, owner: PasswordOwner): Promise<void> =>
  enforce(await whyNotPassword(password, owner))

/** The password of whoever acts; their other sessions end, and a mail tells them. @throws as `enforcePassword` */
export const setPassword = async ({ db, actor, today }: Ctx, { motDePasse }: { motDePasse: string }): Promise<void> => {
  const [me] = await db.$queryRaw<{ courriel: string; prenom: string; nom: string }[]>`select courriel, prenom, nom from compte_personnel()`
  const adhesions = await db.$queryRaw<
    { role: Role; organisation_nom: string }[]
  >`select role, organisation_nom from my_adhesions(${today}::date)`
  await enforcePassword(motDePasse, {
    ...me!,
    roles: adhesions.map(({ role }) => role),
    organisations: adhesions.map(({ organisation_nom }) => organisation_nom),
  })
  await db.$executeRaw`select password_set(${actor.sessionId}::uuid, ${await hashPassword(motDePasse)})`
}
