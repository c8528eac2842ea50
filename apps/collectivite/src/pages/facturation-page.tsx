import { factureRoutes } from '@pass/contracts/factures.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { paths } from '../paths.ts'

export const loader = () => warm({ facturation: apiQuery(factureRoutes.getFacturation, {}) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.factures(), label: 'Factures' },
]

const Settings = ({ onDone }: { onDone: () => void }) => {
  const { facturation } = useWarmed<typeof loader>()
  const whyNot = useWhyNot()
  const form = useContractForm(factureRoutes.setFacturation, {
    defaultValues: {
      ...facturation,
      numeroMarche: facturation.numeroMarche ?? '',
      codeService: facturation.codeService ?? '',
      siret: facturation.siret ? formatSiret(facturation.siret) : '',
    },
    invalidates: [factureRoutes.getFacturation],
    onSuccess: onDone,
  })
  return (
    <Form form={form}>
      <Fieldset legende="Références exigées sur vos commandes">
        <CheckboxField label="Le numéro de marché" {...form.field('exigeMarche')} />
        <CheckboxField label="Le numéro d’engagement" {...form.field('exigeEngagement')} />
        <CheckboxField label="Le code service" {...form.field('exigeCodeService')} />
      </Fieldset>
      <Fieldset legende="Repris sur chaque nouvelle commande">
        <div className="pile">
          <TextField label="Numéro de marché" facultatif aide="Exemple : 2026-M-014." autoComplete="off" {...form.field('numeroMarche')} />
          <TextField
            label="Code service"
            facultatif
            aide="Celui de votre organisation sur Chorus Pro. Exemple : FINANCES."
            autoComplete="off"
            {...form.field('codeService')}
          />
          <TextField
            label="SIRET de facturation"
            facultatif
            code
            aide="S’il n’est pas celui de votre organisation. Exemple : 212 302 509 00014."
            autoComplete="off"
            {...form.field('siret')}
          />
        </div>
      </Fieldset>
      <SubmitButton disabledReason={whyNot('facturation:manage')}>Enregistrer</SubmitButton>
    </Form>
  )
}

export const Component = () => {
  const [done, setDone] = useState(false)
  return (
    <Page
      titre="Références de facturation"
      fil={FIL}
      etroit
      intro="Ce que votre organisation demande sur ses factures. Une facture sans ces références revient à corriger."
    >
      {done && (
        <Notice tone="bien" live="status" titre="Enregistré.">
          Vos prochaines commandes en tiennent compte.
        </Notice>
      )}
      <Settings onDone={() => setDone(true)} />
    </Page>
  )
}
