import { type FactureSummary, factureRoutes } from '@pass/contracts/factures.ts'
import { FACTURE_NATURE_LABELS } from '@pass/domain/factures.ts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Euros } from '../../ui/values.tsx'
import { FactureBadge } from './facture-badge.tsx'

type Props = {
  factures: readonly FactureSummary[]
  to: (factureId: string) => string
  /** What may be done about them on the commande. */
  children?: ReactNode
}

/** The invoices and avoirs of a commande, each with its statut and its file. */
export const FacturesCard = ({ factures, to, children }: Props) => (
  <Card titre="Facture">
    {factures.length === 0 && <p className="doux">Pas encore de facture. L’opérateur l’établit à partir de la production.</p>}
    {factures.map(({ id, nature, numero, statut, totalCentimes }) => (
      <p key={id}>
        <Link to={to(id)}>
          {FACTURE_NATURE_LABELS[nature]} {numero}
        </Link>
        &nbsp;: <Euros centimes={totalCentimes} /> <FactureBadge statut={statut} />{' '}
        <FileLink href={fileUrl(factureRoutes.drawFacture, { params: { factureId: id } })} nom="Ouvrir" type="PDF" />
      </p>
    ))}
    {children}
  </Card>
)
