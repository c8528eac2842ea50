import { sepaText } from '@pass/domain/bordereaux.ts'
import { bareIban } from '@pass/domain/iban.ts'
import { localDay, localTime, PARIS } from '@pass/domain/days.ts'
import { Document } from 'sepa'

export type Virement = {
  /** End-to-end reference: what the structure reads on its statement. */
  reference: string
  titulaire: string
  iban: string
  montantCentimes: number
  libelle: string
}
export type Ordre = {
  reference: string
  now: Date
  /** The day on which the bank should execute. */
  dateExecution: string
  debiteur: { nom: string; iban: string }
  virements: readonly Virement[]
}

const MAX_ID = 35
const MAX_NAME = 70
const MAX_TEXT = 140

/** The library prints a Date by the clock of the machine: this one prints the given wall time everywhere. */
const wallTime = (day: string, time = '12:00', seconds = 0) => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return new Date(year, month - 1, date, hour, minute, seconds)
}

/** A name that the character set leaves empty (another alphabet) is said by the reference. */
const named = (nom: string, reference: string) => sepaText(nom, MAX_NAME) || sepaText(reference, MAX_NAME)

/**
 * A credit transfer order, pain.001.001.09: one debit, one transfer a line, control totals, the SEPA character set, IBAN
 * only (no BIC, no postal address). The amounts are integer centimes; euros exist in the file alone.
 */
export const sepaFile = ({ reference, now, dateExecution, debiteur, virements }: Ordre): string => {
  const file = new Document('pain.001.001.09')
  file.grpHdr.id = sepaText(reference, MAX_ID)
  file.grpHdr.created = wallTime(localDay(now, PARIS), localTime(now, PARIS), now.getUTCSeconds())
  file.grpHdr.initiatorName = named(debiteur.nom, reference)
  const debit = file.createPaymentInfo()
  debit.requestedExecutionDate = wallTime(dateExecution)
  debit.debtorName = named(debiteur.nom, reference)
  debit.debtorIBAN = bareIban(debiteur.iban)
  debit.batchBooking = false
  file.addPaymentInfo(debit)
  for (const virement of virements) {
    const line = debit.createTransaction()
    line.end2endId = sepaText(virement.reference, MAX_ID)
    line.creditorName = named(virement.titulaire, virement.reference)
    line.creditorIBAN = bareIban(virement.iban)
    line.amount = virement.montantCentimes / 100
    line.remittanceInfo = sepaText(virement.libelle, MAX_TEXT) || line.end2endId
    debit.addTransaction(line)
  }
  return file.toString()
}
