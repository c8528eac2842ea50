import type { AFaire } from '@pass/contracts/accueil.ts'
import type { Todo } from '../../ui/todo.tsx'

// The card already shows the count in large: « 3 devis à signer » beside a 3 would say it twice.
const withoutCount = (titre: string): string => {
  const bare = titre.replace(/^[\d\s\u00a0]+/, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}

/** What waits for this person, as the cards of the home page. */
export const todosOf = (aFaire: readonly AFaire[]): Todo[] =>
  aFaire.map(({ nombre, titre, texte, lien, action }) => ({ nombre, titre: withoutCount(titre), texte, to: lien, lien: action }))
