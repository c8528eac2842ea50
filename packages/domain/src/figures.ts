/** The stages of a carnet and of its money, in order (domain.md section 8). A figure always says its stage. */
export const FIGURE_ETAPES = ['commandes', 'livres', 'actives', 'attribues', 'remis', 'entames', 'utilises', 'rembourses'] as const
export type FigureEtape = (typeof FIGURE_ETAPES)[number]

/** What a stage counts: carnets (null where only pass are known), pass, centimes. */
export type Figure = { etape: FigureEtape; carnets: number | null; pass: number; centimes: number }

type Rule = { code: string; libelle: string; unite: 'carnets' | 'pass'; sur: FigureEtape; de: FigureEtape }

/** The rates of domain.md section 8; each label says its denominator. */
const TAUX: readonly Rule[] = [
  {
    code: 'distribution',
    libelle: 'Taux de distribution : carnets remis sur carnets livrés',
    unite: 'carnets',
    de: 'remis',
    sur: 'livres',
  },
  {
    code: 'usage',
    libelle: 'Taux d’activation d’usage : carnets entamés sur carnets remis',
    unite: 'carnets',
    de: 'entames',
    sur: 'remis',
  },
  {
    code: 'utilisation_actifs',
    libelle: 'Taux d’utilisation : pass utilisés sur pass actifs',
    unite: 'pass',
    de: 'utilises',
    sur: 'actives',
  },
  { code: 'utilisation_remis', libelle: 'Taux d’utilisation : pass utilisés sur pass remis', unite: 'pass', de: 'utilises', sur: 'remis' },
]

/** A rate in basis points, with what it divides; `valeurBp` is null when there is nothing to divide by. */
export type Taux = { code: string; libelle: string; valeurBp: number | null; numerateur: number; denominateur: number }

/** The rates of a set of figures. A stage left out counts 0. Rounded to the nearest basis point, half up. */
export const tauxOf = (figures: readonly Figure[]): Taux[] => {
  const count = (etape: FigureEtape, unite: 'carnets' | 'pass') => figures.find((one) => one.etape === etape)?.[unite] ?? 0
  return TAUX.map(({ code, libelle, unite, de, sur }) => {
    const numerateur = count(de, unite)
    const denominateur = count(sur, unite)
    return {
      code,
      libelle,
      numerateur,
      denominateur,
      valeurBp: denominateur === 0 ? null : Math.round((numerateur * 10_000) / denominateur),
    }
  })
}
