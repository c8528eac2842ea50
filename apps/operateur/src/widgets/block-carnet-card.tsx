import { type CarnetDetail, carnetRoutes } from '@pass/contracts/carnets.ts'
import { whyNotBlock } from '@pass/domain/carnet-moves.ts'
import { MOTIF_BLOCAGE_LABELS, MOTIFS_BLOCAGE, type MotifBlocage } from '@pass/domain/carnets.ts'
import { Lock } from 'lucide-react'
import { useContractForm } from '@pass/web/form.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'

const DETAILS: Record<MotifBlocage, string> = {
  perdu: 'La personne ou la structure ne le retrouve plus.',
  vole: 'Une plainte est déposée.',
  controle: 'Un usage est à vérifier.',
}

const TILES = MOTIFS_BLOCAGE.map((value) => ({ value, label: MOTIF_BLOCAGE_LABELS[value], detail: DETAILS[value] }))

type Props = {
  carnet: CarnetDetail
  /** Why this person may not, told before anything is typed. */
  roleReason?: string | null
  onBlocked: (carnet: CarnetDetail) => void
}

const motifOf = (value: unknown): MotifBlocage => MOTIFS_BLOCAGE.find((motif) => motif === value) ?? 'perdu'

/** Blocks a carnet at once and everywhere; its used pass stay used and paid. */
export const BlockCarnetCard = ({ carnet, roleReason = null, onBlocked }: Props) => {
  const form = useContractForm(carnetRoutes.blockCarnet, {
    params: { carnetId: carnet.id },
    defaultValues: { reference: '' },
    invalidates: [carnetRoutes.getCarnet, carnetRoutes.findCarnet, carnetRoutes.listCarnets, carnetRoutes.getStock],
    onSuccess: onBlocked,
  })
  const motif = motifOf(form.watch('motif'))
  const reference: unknown = form.watch('reference')
  const missing = whyNotBlock({ statut: carnet.statut, motif, reference: typeof reference === 'string' ? reference : null })?.message
  const refused = roleReason ?? whyNotBlock({ statut: carnet.statut, motif: 'perdu' })?.message
  return (
    <Card titre="Bloquer le carnet">
      {refused ? (
        <Button variant="danger" icon={Lock} disabledReason={refused}>
          Bloquer le carnet
        </Button>
      ) : (
        <Form form={form} label="Bloquer le carnet">
          <p className="doux">Le blocage prend effet aussitôt, partout. Les pass déjà utilisés restent utilisés et payés.</p>
          <RadioTiles legende="Motif" options={TILES} {...form.field('motif')} />
          {motif === 'vole' && <TextField label="Référence du dépôt de plainte" {...form.field('reference')} />}
          <SubmitButton variant="danger" icon={Lock} disabledReason={missing}>
            Bloquer le carnet <span className="insecable">{carnet.serie}</span>
          </SubmitButton>
        </Form>
      )}
    </Card>
  )
}
