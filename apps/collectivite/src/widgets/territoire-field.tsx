import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { apiQuery } from '@pass/web/api.ts'
import { territoireInWords } from '@pass/web/modules/conventions/territoires.ts'
import { ComboBox } from '@pass/web/ui/combo-box.tsx'
import { fieldId } from '@pass/web/ui/field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { ListEditor } from './list-editor.tsx'
import type { TermesForm } from './termes-form.ts'
import { territoireNames } from './territoires.ts'

type Props = { form: TermesForm; departements: readonly { code: string; nom: string }[] }

/** Where the pass are accepted: départements and communes, none for the whole country. */
export const TerritoireField = ({ form, departements }: Props) => {
  const codes = form.watch('territoire') as string[]
  const [communes, setCommunes] = useState<ReadonlyMap<string, string>>(new Map())
  const [turn, setTurn] = useState(0)
  const noms = new Map([...territoireNames(departements), ...communes])
  const set = (list: string[]) => form.setValue('territoire', [...new Set(list)], { shouldDirty: true })
  return (
    <Fieldset
      legende="Territoire"
      aide="Les pass s’utilisent dans les lieux de ces départements et communes."
      id={fieldId('territoire')}
      error={form.field('territoire').error}
    >
      <ListEditor
        lines={codes.map((code) => ({ id: code, libelle: territoireInWords([code], noms) }))}
        vide="Partout en France."
        onRemove={(code) => set(codes.filter((one) => one !== code))}
      />
      <div className="cote-a-cote">
        <SelectField
          label="Ajouter un département"
          options={departements.map(({ code, nom }) => ({ value: `D${code}`, label: `${nom} (${code})` }))}
          value=""
          onChange={({ target }) => target.value && set([...codes, target.value])}
          id="ajouter-departement"
        />
        <ComboBox
          key={turn}
          label="Ajouter une commune"
          id="ajouter-commune"
          value={null}
          query={(recherche) => apiQuery(referentielRoutes.listCommunes, { query: { recherche } })}
          items={(data) => data.items.map(({ code, nom, codesPostaux }) => ({ id: code, libelle: nom, detail: codesPostaux.join(', ') }))}
          onPick={({ id, libelle }) => {
            setCommunes(new Map([...communes, [`C${id}`, libelle]]))
            set([...codes, `C${id}`])
            setTurn(turn + 1)
          }}
        />
      </div>
    </Fieldset>
  )
}
