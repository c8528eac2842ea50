import { formatNumber } from '@pass/domain/money.ts'
import { whyNotStore, whyTooHeavy } from '@pass/domain/pieces.ts'
import type { Refusal } from '@pass/domain/refusal.ts'

/** Why this file would be refused, said before it leaves over a slow network: its weight, then what its bytes are. */
export const whyNotSend = async (file: Pick<Blob, 'size' | 'arrayBuffer'>): Promise<Refusal | null> =>
  whyTooHeavy(file.size) ?? whyNotStore(new Uint8Array(await file.arrayBuffer()))

/** The weight of a file as people say it: `420 ko`, `2 Mo`. */
export const formatOctets = (octets: number): string =>
  octets < 1_000_000 ? `${formatNumber(Math.max(1, Math.round(octets / 1000)))} ko` : `${formatNumber(Math.round(octets / 1_000_000))} Mo`
