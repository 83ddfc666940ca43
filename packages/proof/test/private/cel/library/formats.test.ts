import { evaluated } from '../../../fixtures/expressions';

// every outcome is that of cel-go 0.26 with the libraries of Kubernetes 1.36
describe('named formats', () => {
  const cases: [source: string, outcome: string, object?: any][] = [
    ['format.dns1123Label().validate(\'my-name\')', 'none'],
    ['format.dns1123Label().validate(\'My\').hasValue()', 'true'],
    ['format.dns1123Label().validate(\'a.b\').hasValue()', 'true'],
    ['format.dns1123Subdomain().validate(\'a.b\')', 'none'],
    ['format.dns1035Label().validate(\'1a\').hasValue()', 'true'],
    ['format.qualifiedName().validate(\'a.b/c\')', 'none'],
    ['format.qualifiedName().validate(\'a/b/c\').hasValue()', 'true'],
    ['format.qualifiedName().validate(\'/c\').hasValue()', 'true'],
    ['format.qualifiedName().validate(\'c_D.e\')', 'none'],
    ['format.labelValue().validate(\'\')', 'none'],
    ['format.labelValue().validate(\'a b\').hasValue()', 'true'],
    ['format.dns1123LabelPrefix().validate(\'my-\')', 'none'],
    ['format.uri().validate(\'https://a\')', 'none'],
    ['format.uri().validate(\'a\').hasValue()', 'true'],
    ['format.uuid().validate(\'123e4567-e89b-12d3-a456-426614174000\')', 'none'],
    ['format.uuid().validate(\'x\').hasValue()', 'true'],
    ['format.byte().validate(\'aGVsbG8=\')', 'none'],
    ['format.byte().validate(\'aGVsbG8\').hasValue()', 'true'],
    ['format.byte().validate(\'\').hasValue()', 'true'],
    ['format.date().validate(\'2024-02-30\').hasValue()', 'true'],
    ['format.date().validate(\'2024-02-29\')', 'none'],
    ['format.datetime().validate(\'2024-02-29T10:00:00Z\')', 'none'],
    ['format.datetime().validate(\'2024-02-29 10:00:00\').hasValue()', 'true'],
    ['format.named(\'dns1123Label\').hasValue()', 'true'],
    ['format.named(\'nope\').hasValue()', 'false'],
    ['format.named(\'dns1123Label\').value().validate(\'A\').hasValue()', 'true'],
    ['!format.dns1123Label().validate(\'x\').hasValue()', 'true'],
  ];

  test.each(cases)('%s yields %s', (source, outcome, object = null) => {
    expect(evaluated(source, object)).toBe(outcome);
  });
});
