import { productionRoutes } from '@pass/contracts/production.ts'
import { whyNotLogo } from '@pass/domain/maquettes.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { MaquetteLink } from '@pass/web/modules/production/maquette-link.tsx'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Save, Trash2 } from 'lucide-react'
import { type ChangeEvent, useState } from 'react'
import type { ActProps } from './act.ts'
import { useRoleReason } from './role-reason.ts'

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const READS = [productionRoutes.getProduction]

const DropLogo = ({ commande, onDone, telephone }: ActProps & { telephone: string | null }) => {
  const drop = useApiMutation(productionRoutes.dressMaquette, {
    invalidates: READS,
    onSuccess: () => onDone({ titre: 'Logo retiré.', suite: 'La couverture porte seulement le nom de la collectivité.' }),
  })
  return (
    <p>
      Un logo est enregistré.{' '}
      <Button
        variant="lien"
        icon={Trash2}
        pending={drop.isPending}
        onClick={() => drop.mutate({ params: { commandeId: commande.id }, body: { telephone, logo: null } })}
      >
        Retirer le logo
      </Button>
    </p>
  )
}

const DressForm = (props: ActProps & { telephone: string | null; aLogo: boolean }) => {
  const { commande, onDone, telephone, aLogo } = props
  const reason = useRoleReason()('commande:produce')
  const [refus, setRefus] = useState<string | undefined>()
  const form = useContractForm(productionRoutes.dressMaquette, {
    params: { commandeId: commande.id },
    defaultValues: { telephone: telephone ?? '' },
    invalidates: READS,
    onSuccess: () => onDone({ titre: 'Couverture enregistrée.', suite: 'Vérifiez le carnet complet, puis proposez la maquette.' }),
  })
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (!file) return
    const bytes = new Uint8Array(await file.arrayBuffer())
    const refusal = whyNotLogo(bytes)
    setRefus(refusal?.message)
    form.setValue('logo', refusal ? undefined : base64Of(bytes))
  }
  return (
    <Form form={form} label="Téléphone et logo">
      <TextField
        label="Téléphone à appeler"
        facultatif
        aide="Imprimé en grand. Exemple : 05 55 00 00 00."
        inputMode="tel"
        {...form.field('telephone')}
      />
      <TextField
        label={aLogo ? 'Changer le logo' : 'Logo'}
        facultatif
        aide="Image PNG ou JPEG, 40 Ko au plus, lisible en noir et blanc."
        type="file"
        accept="image/png,image/jpeg"
        error={refus}
        onChange={(event) => void choose(event)}
      />
      <SubmitButton variant="second" icon={Save} disabledReason={reason}>
        Enregistrer la couverture
      </SubmitButton>
    </Form>
  )
}

/** What the cover says besides its text, and the whole carnet to look at before it is proposed. */
export const DressCard = (props: ActProps) => {
  const production = useProduction(props.commande.id)
  if (!production) return null
  const { telephone, aLogo } = production
  return (
    <Card titre="Téléphone et logo du carnet">
      {aLogo && <DropLogo {...props} telephone={telephone} />}
      <DressForm key={`${telephone} ${aLogo}`} {...props} telephone={telephone} aLogo={aLogo} />
      <MaquetteLink commandeId={props.commande.id} />
    </Card>
  )
}
