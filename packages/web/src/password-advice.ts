type Advice = {
  /** 0 to 4, for the bar. */
  force: 0 | 1 | 2 | 3 | 4
  texte: string
}

const MIN = 12
const WORDS = ['azerty', 'qwerty', 'password', 'motdepasse', 'passnumerique', 'bonjour', 'soleil', 'france', '123456']

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

const distinct = (text: string): number => new Set(text).size

/** What the person may be guessed by: their names, their address, their organisation. */
const personal = (text: string, words: readonly string[]): boolean =>
  words.flatMap((word) => plain(word).split(/[^a-z0-9]+/)).some((word) => word.length >= 4 && text.includes(word))

/**
 * A piece of advice while a password is typed. It guides and blocks nothing but the length: the server has the lists of leaked
 * passwords and judges.
 */
export const passwordAdvice = (motDePasse: string, words: readonly string[] = []): Advice => {
  const text = plain(motDePasse)
  if (text.length === 0) return { force: 0, texte: 'Au moins 12 caractères. Quatre mots sans rapport font un bon mot de passe.' }
  if (motDePasse.length < MIN) {
    const missing = MIN - motDePasse.length
    return { force: 1, texte: `Encore ${missing} caractère${missing > 1 ? 's' : ''}.` }
  }
  if (distinct(text) < 6) return { force: 1, texte: 'Trop de répétitions : variez les caractères.' }
  if (personal(text, words)) return { force: 1, texte: 'Il contient votre nom ou celui de votre organisation : évitez-le.' }
  if (WORDS.some((word) => text.replaceAll(/[^a-z0-9]/g, '').includes(word)) && motDePasse.length < 24)
    return { force: 2, texte: 'Il contient une suite très courante. Remplacez-la.' }
  if (motDePasse.length < 16) return { force: 3, texte: 'Bon. Quelques caractères de plus le rendraient meilleur.' }
  return { force: 4, texte: 'Très bon.' }
}
