import type { Echeancier } from '@pass/contracts/du.ts'
import { fileUrl } from '@pass/web/api.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { drawAttestationRegie, drawReleveAnnuel } from '../calls.ts'

/** The yearly papers: a statement for everyone, an attestation for the accountant of a régie. */
export const DocumentsCard = ({ echeancier: { annees, regie } }: { echeancier: Echeancier }) => (
  <Card titre="Relevés de l’année">
    {annees.length === 0 ? (
      <p className="doux">Le premier relevé annuel est prêt après le premier virement.</p>
    ) : (
      <ul className="liste pile">
        {annees.map((annee) => {
          const query = { annee: String(annee) }
          return (
            <li key={annee}>
              <FileLink href={fileUrl(drawReleveAnnuel, { query })} nom={`Relevé annuel ${annee}`} type="PDF" />
              {regie && <FileLink href={fileUrl(drawAttestationRegie, { query })} nom={`Attestation pour la régie ${annee}`} type="PDF" />}
            </li>
          )
        })}
      </ul>
    )}
  </Card>
)
