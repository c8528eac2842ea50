import { refuse, type Refusal } from './refusal.ts'

/** What incidents withheld from bordereaux sent to the bank, and that no avoir gives back yet. */
export type ACrediter = { retenues: number; montantCentimes: number }

/** Why a complementary avoir cannot be written: nothing withheld waits for one. */
export const whyNotCrediter = ({ retenues }: Pick<ACrediter, 'retenues'>): Refusal | null =>
  retenues > 0
    ? null
    : refuse(
        'avoir_vide',
        'Aucune retenue n’attend d’avoir. Une retenue se crédite une fois que le bordereau qui la porte est transmis à la banque.',
      )
