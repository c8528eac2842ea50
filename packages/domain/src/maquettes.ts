import { refuse, type Refusal } from './refusal.ts'

/** Bytes of a logo: the call that brings it holds 64 KiB, in base64. */
export const LOGO_MAX_OCTETS = 40_000

/** How a carnet works, on its cover: sentences of 15 words at most, one a line, everyday words (ux.md section 4.3). */
export const MODE_D_EMPLOI = [
  'Un atelier est une leçon d’informatique, seul ou à plusieurs.',
  'Choisissez un lieu près de chez vous.',
  'La personne qui vous donne ce carnet peut vous aider à choisir.',
  'Prenez rendez-vous avec le lieu.',
  'Le jour du rendez-vous, venez avec ce carnet.',
  'Donnez un pass à la personne qui vous reçoit.',
  'Vous n’avez rien à payer.',
  'Gardez ce carnet avec vous.',
  'Carnet perdu ou volé : prévenez vite, nous le bloquons.',
] as const

const PHONE = /^(?:\+33|0)[1-9](?:[\s.]?\d{2}){4}$|^3\d{3}$/

/** `0555000000` → `05 55 00 00 00`; a short number of the State stays as it is. */
export const formatPhone = (text: string): string => {
  const digits = text.replace(/[\s.]/g, '').replace(/^\+33/, '0')
  return digits.length === 10 ? digits.match(/../g)!.join(' ') : digits
}

/** Why a telephone cannot be printed: ten figures, or the four of a public service. */
export const whyNotPhone = (text: string): Refusal | null =>
  PHONE.test(text.trim()) ? null : refuse('maquette_invalide', 'Ce numéro de téléphone n’est pas complet. Exemple : 05 55 00 00 00.')

/** What a picture is by its first bytes; null for anything but PNG and JPEG, which alone are drawn. */
export const imageTypeOf = (bytes: Uint8Array): 'png' | 'jpeg' | null => {
  const starts = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  return starts(0xff, 0xd8, 0xff) ? 'jpeg' : null
}

/** Why a picture is no logo: PNG or JPEG, light enough. */
export const whyNotLogo = (bytes: Uint8Array): Refusal | null => {
  if (bytes.length > LOGO_MAX_OCTETS)
    return refuse('maquette_invalide', 'Ce logo dépasse 40 Ko. Réduisez-le : 600 pixels de large suffisent, en noir et blanc.')
  return imageTypeOf(bytes)
    ? null
    : refuse('maquette_invalide', 'Ce fichier n’est ni une image PNG, ni une image JPEG. Choisissez-en un autre.')
}
