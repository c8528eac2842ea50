import { productionRoutes } from '@pass/contracts/production.ts'
import { fileUrl } from '../../api.ts'
import { FileLink } from '../../ui/file-link.tsx'

/** The carnet as it will be printed, marked on every page. */
export const MaquetteLink = ({ commandeId }: { commandeId: string }) => (
  <p>
    <FileLink
      href={fileUrl(productionRoutes.drawMaquette, { params: { commandeId } })}
      nom="Voir le carnet complet, marqué « spécimen »"
      type="PDF"
    />
  </p>
)
