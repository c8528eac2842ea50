/** Criteria of each theme of the RGAA 4.1.2: 106 in all. */
export const THEMES = [
  { titre: 'Images', criteres: 9 },
  { titre: 'Cadres', criteres: 2 },
  { titre: 'Couleurs', criteres: 3 },
  { titre: 'Multimédia', criteres: 13 },
  { titre: 'Tableaux', criteres: 8 },
  { titre: 'Liens', criteres: 2 },
  { titre: 'Scripts', criteres: 5 },
  { titre: 'Éléments obligatoires', criteres: 10 },
  { titre: 'Structuration de l’information', criteres: 4 },
  { titre: 'Présentation de l’information', criteres: 14 },
  { titre: 'Formulaires', criteres: 13 },
  { titre: 'Navigation', criteres: 11 },
  { titre: 'Consultation', criteres: 12 },
] as const

export const CRITERE_ETATS = ['conforme', 'non_conforme', 'non_applicable', 'a_verifier'] as const
export type CritereEtat = (typeof CRITERE_ETATS)[number]
export const CRITERE_ETAT_LABELS: Record<CritereEtat, string> = {
  conforme: 'Conforme',
  non_conforme: 'Non conforme',
  non_applicable: 'Sans objet',
  a_verifier: 'À vérifier',
}

/** How a state was found: by the axe rules on every screen, by a test in a browser, by hand on the sampled screens, by reading the code. */
export const MOYENS = ['axe', 'essai', 'main', 'code'] as const
export type Moyen = (typeof MOYENS)[number]
export const MOYEN_LABELS: Record<Moyen, string> = {
  axe: 'Règles automatiques axe, sur chaque écran testé',
  essai: 'Essai joué dans un navigateur à chaque livraison',
  main: 'Contrôle à la main sur l’échantillon',
  code: 'Lecture du code des composants',
}

/** A line of the grid: a criterion, where it stands, how and when that was seen, and what to know of it. */
export type Critere = { id: string; sujet: string; etat: CritereEtat; moyen?: Moyen; note?: string }

/** Every id of the standard, in its order: `1.1` … `13.12`. */
export const CRITERE_IDS: readonly string[] = THEMES.flatMap(({ criteres }, theme) =>
  Array.from({ length: criteres }, (_, rank) => `${theme + 1}.${rank + 1}`),
)

export type Bilan = Record<CritereEtat, number> & { /** Share of the criteria that apply, in whole percent, rounded down. */ taux: number }

/** Counts, and the rate: what is not yet checked counts as not conform, so that the rate never flatters. */
export const bilanOf = (grille: readonly Pick<Critere, 'etat'>[]): Bilan => {
  const count = (etat: CritereEtat) => grille.filter((critere) => critere.etat === etat).length
  const bilan = {
    conforme: count('conforme'),
    non_conforme: count('non_conforme'),
    non_applicable: count('non_applicable'),
    a_verifier: count('a_verifier'),
  }
  const applicable = bilan.conforme + bilan.non_conforme + bilan.a_verifier
  return { ...bilan, taux: applicable === 0 ? 0 : Math.floor((100 * bilan.conforme) / applicable) }
}

/** The three words of the law: all of it, half of it or more, less. */
export const ETATS_DECLARES = ['totalement conforme', 'partiellement conforme', 'non conforme'] as const
export type EtatDeclare = (typeof ETATS_DECLARES)[number]

export const etatDeclareOf = ({ taux }: Pick<Bilan, 'taux'>): EtatDeclare =>
  taux === 100 ? 'totalement conforme' : taux >= 50 ? 'partiellement conforme' : 'non conforme'

/** What the footer of every page says. The grid itself is large and read by one page: a test holds the two together. */
export const ACCESSIBILITE_ETAT: EtatDeclare = 'partiellement conforme'
