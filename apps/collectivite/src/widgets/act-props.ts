import type { Commande } from '@pass/contracts/commandes.ts'

/** What every panel of the sheet of a commande takes; `onDone` receives the fact and the next step, said on top of the page. */
export type ActProps = { commande: Commande; onDone: (fact: string) => void }
