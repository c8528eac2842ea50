import type { Commande } from '@pass/contracts/commandes.ts'
import { type Impression, type Production, productionRoutes } from '@pass/contracts/production.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import {
  IMPRESSION_FORMAT_LABELS,
  IMPRESSION_FORMATS,
  type ImpressionFormat,
  LOT_CLE_JOURS,
  whyNotAskImpression,
} from '@pass/domain/impressions.ts'
import { plural } from '@pass/domain/money.ts'
import { fileUrl, useApiMutation } from '@pass/web/api.ts'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { FileText } from 'lucide-react'
import { useRoleReason } from './role-reason.ts'

const AIDES: Record<ImpressionFormat, string> = {
  csv: 'Une ligne par carnet, avec ses codes et le texte de ses QR codes.',
  pdf: 'Une couverture et une page de pass par carnet, à couper soi-même.',
}

const sizeOf = (octets: number): string =>
  octets < 1_000_000 ? `${Math.ceil(octets / 1000)}\u00a0Ko` : `${(octets / 1_000_000).toFixed(1).replace('.', ',')}\u00a0Mo`

const Ask = ({ commande, production, format }: { commande: Commande; production: Production; format: ImpressionFormat }) => {
  const reason = useRoleReason()('lot:print')
  const ask = useApiMutation(productionRoutes.askImpression, { invalidates: [productionRoutes.getProduction] })
  const faites = production.impressions.map((one) => one.format)
  const refusal = whyNotAskImpression({ lot: commande.lot, cle: production.cle !== 'detruite', faites, format })
  return (
    <>
      <RefusalNotice error={ask.error} />
      <Button
        variant="second"
        icon={FileText}
        pending={ask.isPending}
        disabledReason={reason ?? refusal?.message ?? null}
        onClick={() => ask.mutate({ params: { commandeId: commande.id }, body: { format } })}
      >
        {format === 'csv' ? 'Préparer le fichier de l’imprimeur' : 'Préparer les pages'}
      </Button>
    </>
  )
}

const Preparing = ({ avancement }: Pick<Impression, 'avancement'>) => (
  <>
    <progress
      {...(avancement && avancement.total > 0 && { max: avancement.total, value: avancement.fait })}
      aria-label="Préparation du fichier"
    />
    <p className="petit">Le fichier se prépare. Vous pouvez quitter cette page.</p>
  </>
)

const Ready = ({ impression: { id, octets } }: { impression: Impression }) => {
  const reason = useRoleReason()('lot:print')
  if (reason) return <Button disabledReason={reason}>Retirer le fichier</Button>
  return (
    <>
      <FileLink
        href={fileUrl(productionRoutes.takeImpression, { params: { impressionId: id } })}
        nom="Retirer le fichier"
        type={octets ? sizeOf(octets) : ''}
        stepUp={productionRoutes.takeImpression.stepUp}
      />
      <p className="petit">{`Il se retire une seule fois, à votre nom. La clé du lot est détruite ${LOT_CLE_JOURS}\u00a0jours après.`}</p>
    </>
  )
}

const Taken = ({ impression: { retireeNom, retireeAt, empreinte } }: { impression: Impression }) => (
  <>
    <p>
      Retiré par {retireeNom}
      {retireeAt && `, le ${formatDay(parisDay(new Date(retireeAt)))}`}.
    </p>
    {empreinte && (
      <p className="petit doux">
        Empreinte du fichier (SHA-256)&nbsp;: <span className="code">{empreinte.slice(0, 16)}…</span>
      </p>
    )}
  </>
)

const File = ({ impression }: { impression: Impression }) => {
  switch (impression.statut) {
    case 'en_preparation':
      return <Preparing avancement={impression.avancement} />
    case 'prete':
      return <Ready impression={impression} />
    case 'retiree':
      return <Taken impression={impression} />
    default:
      return <p>Détruit avec la clé du lot, sans avoir été retiré.</p>
  }
}

const keySentence = ({ cle, dateFinCle }: Production): string | null => {
  if (cle === 'detruite')
    return 'La clé de ce lot est détruite\u00a0: ses codes ne peuvent plus être imprimés. Un carnet perdu se remplace.'
  return dateFinCle && `La clé de ce lot est détruite le ${formatDay(dateFinCle)}. Ensuite, plus aucun code ne peut être imprimé.`
}

/** The two files that carry codes: each prepared once, taken once, by a named person. */
export const PrintCard = ({ commande }: { commande: Commande }) => {
  const production = useProduction(commande.id)
  if (!commande.lot || !production) return null
  const sentence = keySentence(production)
  return (
    <Card titre="Imprimer les carnets">
      <p className="doux">{`${plural(commande.quantite, 'carnet')}. Ces fichiers portent les codes\u00a0: chaque retrait est noté au journal.`}</p>
      {IMPRESSION_FORMATS.map((format) => {
        const impression = production.impressions.find((one) => one.format === format)
        return (
          <section key={format} className="pile" aria-labelledby={`impression-${format}`}>
            <h3 id={`impression-${format}`}>{IMPRESSION_FORMAT_LABELS[format]}</h3>
            <p className="petit doux">{AIDES[format]}</p>
            {impression ? <File impression={impression} /> : <Ask commande={commande} production={production} format={format} />}
          </section>
        )
      })}
      {sentence && <p className="petit">{sentence}</p>}
    </Card>
  )
}
