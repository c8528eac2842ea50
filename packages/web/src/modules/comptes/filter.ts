import type { AccountNature, TransferMotif } from '@pass/domain/comptes.ts'

/** What the address of a ledger keeps: an account, a motif, a period. */
export type LedgerFilter = {
  nature?: AccountNature
  structureId?: string
  financeurCle?: string
  motif?: TransferMotif
  du?: string
  au?: string
}
