import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { LIEUX_ADMIS_LABELS } from '@pass/domain/conventions.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery } from '@pass/web/api.ts'
import { ComboBox } from '@pass/web/ui/combo-box.tsx'
import { fieldId } from '@pass/web/ui/field.tsx'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { ListEditor } from './list-editor.tsx'
import type { TermesForm } from './termes-form.ts'

type Nomme = { id: string; nom: string; commune: string }
type Props = { form: TermesForm; lieux: readonly Nomme[] }

const inWords = ({ nom, commune }: Nomme) => `${nom} (${commune})`

const List = ({ form, lieux }: Props) => {
  const ids = form.watch('lieux') as string[]
  const [noms, setNoms] = useState<ReadonlyMap<string, string>>(() => new Map(lieux.map((lieu) => [lieu.id, inWords(lieu)])))
  const [turn, setTurn] = useState(0)
  const set = (list: string[]) => form.setValue('lieux', [...new Set(list)], { shouldDirty: true, shouldValidate: true })
  return (
    <Fieldset
      legende={plural(ids.length, 'lieu dans la liste', 'lieux dans la liste')}
      id={fieldId('lieux')}
      error={form.field('lieux').error}
    >
      <ComboBox
        key={turn}
        label="Ajouter un lieu"
        aide="Tapez le début de son nom, de sa commune ou de son code postal."
        id="ajouter-lieu"
        value={null}
        query={(recherche) => apiQuery(lieuRoutes.listLieux, { query: { recherche, taille: 10 } })}
        items={(data) => data.items.map(({ id, nom, commune, codePostal }) => ({ id, libelle: nom, detail: `${codePostal} ${commune}` }))}
        onPick={({ id, libelle, detail }) => {
          setNoms(new Map([...noms, [id, detail ? `${libelle} (${detail})` : libelle]]))
          set([...ids, id])
          setTurn(turn + 1)
        }}
      />
      <ListEditor
        lines={ids.map((id) => ({ id, libelle: noms.get(id) ?? 'Un lieu qui n’est plus publié' }))}
        vide="Aucun lieu pour le moment."
        onRemove={(id) => set(ids.filter((one) => one !== id))}
      />
    </Fieldset>
  )
}

/** The lieux that take the pass: every labelled one, or a list written here. */
export const LieuxField = (props: Props) => {
  const { form } = props
  const { onChange, ...field } = form.field('lieuxAdmis')
  return (
    <>
      <RadioTiles
        legende="Lieux admis"
        options={optionsOf(LIEUX_ADMIS_LABELS)}
        {...field}
        onChange={async (event) => {
          await onChange(event)
          if (event.target.value === 'tous') form.setValue('lieux', [], { shouldDirty: true })
        }}
      />
      {form.watch('lieuxAdmis') === 'liste' && <List {...props} />}
    </>
  )
}
