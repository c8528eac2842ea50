import type { Financement, FinanceurSituation } from '@pass/contracts/financement.ts'
import { FINANCEUR_NATURE_LABELS } from '@pass/domain/conventions.ts'
import { percent, plural } from '@pass/domain/money.ts'
import type { ComponentType } from 'react'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Euros } from '../../ui/values.tsx'

type Props = {
  financement: Financement
  /** The parts of a financeur. */
  to: (cle: string) => string
  /** What may be done for a financeur. */
  Act?: ComponentType<{ financement: Financement; financeur: FinanceurSituation }>
}

const Part = ({ partCentimes, derogationCentimes }: FinanceurSituation) => (
  <>
    <Euros centimes={partCentimes} />
    {derogationCentimes > 0 && (
      <div className="petit doux">
        dont <Euros centimes={derogationCentimes} /> hors clé
      </div>
    )}
  </>
)

const Plafond = ({ plafondCentimes, partCentimes, derogationCentimes }: FinanceurSituation) => {
  if (plafondCentimes === null) return <span className="doux">Sans plafond</span>
  const reste = Math.max(0, plafondCentimes - (partCentimes - derogationCentimes))
  return (
    <>
      <Euros centimes={plafondCentimes} />
      <div className="petit doux">
        {reste === 0 ? (
          'atteint'
        ) : (
          <>
            reste <Euros centimes={reste} />
          </>
        )}
      </div>
    </>
  )
}

const Avances = ({ avancesCentimes, avanceRestanteCentimes }: FinanceurSituation) => {
  if (avancesCentimes === 0) return <span className="doux">Aucune</span>
  return (
    <>
      <Euros centimes={avancesCentimes} />
      <div className="petit doux">
        reste <Euros centimes={avanceRestanteCentimes} /> à déduire
      </div>
    </>
  )
}

/** The nature beside a name that does not say it. */
const nameOf = ({ nom, nature }: FinanceurSituation): string => {
  const label = FINANCEUR_NATURE_LABELS[nature].toLowerCase()
  return nom.toLowerCase() === label ? nom : `${nom} (${label})`
}

const columnsOf = (financement: Financement, Act: Props['Act']): Column<FinanceurSituation>[] => [
  { cle: 'nom', titre: 'Financeur', cell: nameOf },
  { cle: 'cle', titre: 'Clé', cell: (row) => percent(row.cleBp), align: 'droite' },
  { cle: 'plafond', titre: 'Plafond', cell: (row) => <Plafond {...row} />, align: 'droite' },
  { cle: 'part', titre: 'Part des pass utilisés', cell: (row) => <Part {...row} />, align: 'droite' },
  { cle: 'avances', titre: 'Avances', cell: (row) => <Avances {...row} />, align: 'droite' },
  { cle: 'a_appeler', titre: 'Reste à appeler', cell: (row) => <Euros centimes={row.aAppelerCentimes} />, align: 'droite' },
  { cle: 'appele', titre: 'Appelé, attendu', cell: (row) => <Euros centimes={row.appeleCentimes} />, align: 'droite' },
  { cle: 'recu', titre: 'Reçu', cell: (row) => <Euros centimes={row.recuCentimes} />, align: 'droite' },
  ...(Act
    ? [{ cle: 'suite', titre: 'Suite', cell: (financeur: FinanceurSituation) => <Act financement={financement} financeur={financeur} /> }]
    : []),
]

const total = (rows: readonly FinanceurSituation[], of: (row: FinanceurSituation) => number) => (
  <Euros centimes={rows.reduce((sum, row) => sum + of(row), 0)} />
)

/** Who finances a convention: key, cap, part of the used pass, and how far it was called and received. */
export const FinanceursTable = ({ financement, to, Act }: Props) => {
  const { financeurs } = financement
  return (
    <DataTable
      caption={plural(financeurs.length, 'financeur')}
      rows={financeurs}
      rowKey={({ cle }) => cle}
      rowLink={({ cle }) => to(cle)}
      columns={columnsOf(financement, Act)}
      totaux={{
        nom: 'Total',
        part: total(financeurs, ({ partCentimes }) => partCentimes),
        a_appeler: total(financeurs, ({ aAppelerCentimes }) => aAppelerCentimes),
        appele: total(financeurs, ({ appeleCentimes }) => appeleCentimes),
        recu: total(financeurs, ({ recuCentimes }) => recuCentimes),
      }}
      empty={<p className="vide doux">Aucune part pour l’instant : elle paraîtra à la prochaine clôture des remboursements.</p>}
    />
  )
}
